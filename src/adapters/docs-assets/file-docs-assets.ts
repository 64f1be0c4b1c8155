import { readFile } from "node:fs/promises";
import type { DocsAsset, DocsAssets } from "../../application/ports/docs-assets.ts";
import { packageFileOf } from "./package-file.ts";

/** Folder beside the bundle into which the build copies the files. */
const BUNDLED_FOLDER = new URL("./docs-assets/", import.meta.url);

/** Reads the files beside the bundle, or from the installed packages where there is no bundle. */
export class FileDocsAssets implements DocsAssets {
  async read(name: DocsAsset): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await readFile(new URL(name, BUNDLED_FOLDER));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        return readFile(packageFileOf(name));
      }
      throw error;
    }
  }
}
