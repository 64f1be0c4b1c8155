import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { Logger } from "../ports/logger.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { isUnusableName, SETTINGS_FILE } from "./dropped-name.ts";
import { reportUnusableName } from "./reject-file.ts";

export interface StartImportPorts {
  readonly blobs: BlobStore;
  readonly clock: Clock;
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

export function makeStartImport(ports: StartImportPorts): StartImport {
  return async (name) => {
    if (!(await isImportable(ports, name))) {
      return;
    }
    const properties = await ports.blobs.properties({ container: "drop", name });
    if (properties !== undefined) {
      await startImportOf(ports, { name, etag: properties.etag });
    }
  };
}

/** False for settings, and for names that cannot be used, about which a report is written. */
export async function isImportable(ports: StartImportPorts, name: string): Promise<boolean> {
  if (isUnusableName(name)) {
    ports.logger.log("warning", "A dropped file has a name that cannot be used; it stays where it is");
    await reportUnusableName(ports, name);
    return false;
  }
  return !name.endsWith(`/${SETTINGS_FILE}`);
}

/** Starts to import a version; one whose import is under way is left alone. */
export async function startImportOf(
  { hasher, orchestrations }: StartImportPorts,
  { name, etag }: Pick<DroppedVersion, "name" | "etag">,
): Promise<void> {
  const key = hasher.sha256Hex(`${name}\n${etag}`).slice(0, 32);
  const version: DroppedVersion = { name, etag, key };
  await orchestrations.start("importDropOrchestration", `drop-${key}`, version);
}
