import { copyFile, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { packageFileOf } from "../src/adapters/docs-assets/package-file.ts";
import { DOCS_ASSETS } from "../src/application/ports/docs-assets.ts";
import { BUNDLE_FOLDER, bundleApp } from "./bundle/bundle.ts";
import { entryChunks, heavyEntryPackages } from "./bundle/entry-modules.ts";

const MAX_PACKAGE_BYTES = 15_000_000;

/** The folder is deployed as it is: nothing has to be installed for it. */
const DEPLOYED_PACKAGE = { name: "azure-voice-cloning-api", private: true, type: "module", main: "main.js" };

/** A step above what the app needs: it tells of a heavy package that no list knows yet. */
const MAX_ENTRY_BYTES = 1_050_000;
const ASSETS_FOLDER = path.join(BUNDLE_FOLDER, "docs-assets");

await rm(BUNDLE_FOLDER, { recursive: true, force: true });
const metafile = await bundleApp({ write: true });
await mkdir(ASSETS_FOLDER);
await Promise.all(DOCS_ASSETS.map((name) => copyFile(packageFileOf(name), path.join(ASSETS_FOLDER, name))));

await copyFile("host.json", path.join(BUNDLE_FOLDER, "host.json"));
await writeFile(path.join(BUNDLE_FOLDER, "package.json"), JSON.stringify(DEPLOYED_PACKAGE, undefined, 2));

const heavy = heavyEntryPackages(metafile);
if (heavy.length > 0) {
  throw new Error(`The cold start would load ${heavy.join(", ")}; import them at first use.`);
}
const packageBytes = await sizeOf(BUNDLE_FOLDER);
if (packageBytes > MAX_PACKAGE_BYTES) {
  throw new Error(`The package has ${packageBytes} bytes; ${MAX_PACKAGE_BYTES} are allowed.`);
}
const entryBytes = [...entryChunks(metafile)].reduce(
  (sum, chunk) => sum + (metafile.outputs[chunk]?.bytes ?? 0),
  0,
);
if (entryBytes > MAX_ENTRY_BYTES) {
  throw new Error(`The cold start loads ${entryBytes} bytes; ${MAX_ENTRY_BYTES} are allowed.`);
}
console.log(
  `${BUNDLE_FOLDER}/: ${(packageBytes / 1e6).toFixed(1)} MB; the cold start loads ${(entryBytes / 1e3).toFixed(0)} kB`,
);

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(path.join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
