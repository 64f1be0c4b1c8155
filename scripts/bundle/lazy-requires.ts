import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** What `durable-functions` loads at import although only its HTTP client and its long timers use it. */
export const LAZY_PACKAGES = ["axios", "moment", "validator"] as const;

/** Folder beside the entry with a CommonJS file for each of them. */
export const LAZY_FOLDER = "packages";

/**
 * Loads the packages at first use. Holds for compiled TypeScript, which reaches a required module through its members
 * only.
 */
export const lazyRequires: Plugin = {
  name: "lazy-requires",
  setup(build) {
    build.onLoad({ filter: /[\\/]durable-functions[\\/]lib[\\/].*\.js$/ }, async ({ path }) => ({
      contents: lazily(await readFile(path, "utf8")),
    }));
  },
};

function lazily(source: string): string {
  return source.replaceAll(
    new RegExp(`const (\\w+) = require\\("(${LAZY_PACKAGES.join("|")})"\\);`, "g"),
    `const $1 = new Proxy({}, { get: (_target, member) => require("./${LAZY_FOLDER}/$2.cjs")[member] });`,
  );
}
