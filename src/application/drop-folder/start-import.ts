import type { BlobStore } from "../ports/blobs.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { Logger } from "../ports/logger.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { isUnusableName, SETTINGS_FILE } from "./dropped-name.ts";

export interface StartImportPorts {
  readonly blobs: BlobStore;
  readonly hasher: Hasher;
  readonly orchestrations: Orchestrations;
  readonly logger: Logger;
}

/** One version of a dropped file. */
export interface DroppedVersion {
  /** In the container `drop`. */
  readonly name: string;
  readonly etag: string;
  /** The same for the same version, however often it is announced. */
  readonly key: string;
}

/** Takes note of a file in the drop folder. It may be called many times for one file. */
export type StartImport = (name: string) => Promise<void>;

export function makeStartImport({ blobs, hasher, orchestrations, logger }: StartImportPorts): StartImport {
  return async (name) => {
    if (isUnusableName(name)) {
      logger.log("warning", "A dropped file has a name that cannot be used; it stays where it is");
      return;
    }
    if (name.endsWith(`/${SETTINGS_FILE}`)) {
      return;
    }
    const properties = await blobs.properties({ container: "drop", name });
    if (properties === undefined) {
      return;
    }
    const { etag } = properties;
    const key = hasher.sha256Hex(`${name}\n${etag}`).slice(0, 32);
    const version: DroppedVersion = { name, etag, key };
    await orchestrations.start("importDropOrchestration", `drop-${key}`, version);
  };
}
