import path from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";
import { LAZY_FOLDER, LAZY_PACKAGES, lazyRequires } from "./lazy-requires.ts";
import { namedExports } from "./named-exports.ts";
import { requiredBuiltins } from "./required-builtins.ts";
import { slimZod } from "./slim-zod.ts";

export const BUNDLE_FOLDER = "dist";

/** Output of the app's entry, as the metafile names it. */
export const ENTRY_OUTPUT = `${BUNDLE_FOLDER}/main.js`;

const COMMON = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  logLevel: "warning",
} satisfies BuildOptions;

/**
 * Bundles the app for the Functions host: ESM with code splitting, so that what is loaded with `import()` stays out of
 * the cold start. The host itself provides `@azure/functions-core`.
 */
export async function bundleApp({ write }: { readonly write: boolean }): Promise<Metafile> {
  const [{ metafile }] = await Promise.all([
    build({
      ...COMMON,
      entryPoints: ["src/main.ts"],
      outdir: BUNDLE_FOLDER,
      splitting: true,
      metafile: true,
      write,
      format: "esm",
      external: ["@azure/functions-core", "pg-native", `./${LAZY_FOLDER}/*`],
      plugins: [slimZod, lazyRequires, namedExports, requiredBuiltins],
      banner: {
        js: "import{createRequire as bundledRequire}from'node:module';const require=bundledRequire(import.meta.url);",
      },
    }),
    build({
      ...COMMON,
      entryPoints: [...LAZY_PACKAGES],
      outdir: path.join(BUNDLE_FOLDER, LAZY_FOLDER),
      outExtension: { ".js": ".cjs" },
      write,
      format: "cjs",
    }),
  ]);
  return metafile;
}
