import { copyFile, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";
import { packageFileOf } from "../src/adapters/docs-assets/package-file.ts";
import { DOCS_ASSETS } from "../src/application/ports/docs-assets.ts";

/**
 * Bundles the app for the Functions host: ESM with code splitting, so that what is loaded with `import()` stays out of
 * the cold start. The host itself provides `@azure/functions-core`.
 */
await rm("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: false,
  metafile: true,
  format: "esm",
  platform: "node",
  target: "node22",
  external: ["@azure/functions-core"],
  banner: {
    js: "import{createRequire as bundledRequire}from'node:module';const require=bundledRequire(import.meta.url);",
  },
  logLevel: "warning",
});
await mkdir("dist/docs-assets");
await Promise.all(DOCS_ASSETS.map((name) => copyFile(packageFileOf(name), `dist/docs-assets/${name}`)));
const sizes = Object.entries(metafile.outputs).map(([file, { bytes }]) => ({
  file,
  kilobytes: bytes / 1024,
}));
const total = sizes.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
const entry = sizes.find(({ file }) => file === "dist/main.js");
console.log(
  `dist/: ${sizes.length} files, ${total.toFixed(0)} kB; dist/main.js ${entry?.kilobytes.toFixed(0) ?? "missing"} kB`,
);
