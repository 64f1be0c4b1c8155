import { createRequire } from "node:module";
import path from "node:path";
import { types } from "node:util";
import type { Plugin } from "esbuild";

const NAMESPACE = "named-exports";
/** Marks our own question to esbuild. */
const IS_ASKED = { isAsked: true };
const load = createRequire(import.meta.url);

/**
 * Gives CommonJS packages that our source loads with `import()` the named exports that Node gives them. A chunk of
 * esbuild has a default export only, so that every other name would be undefined.
 */
export const namedExports: Plugin = {
  name: "named-exports",
  setup(build) {
    build.onResolve({ filter: /^[@\w]/ }, async ({ path: name, kind, importer, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === IS_ASKED || importer.includes("node_modules")) {
        return undefined;
      }
      const resolved = await build.resolve(name, { kind, resolveDir, pluginData: IS_ASKED });
      const isOurs = resolved.errors.length === 0 && !resolved.external;
      return isOurs && commonJsOf(resolved.path) !== undefined
        ? { path: resolved.path, namespace: NAMESPACE }
        : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path: file }) => ({
      contents: wrapperOf(file, Object.keys(commonJsOf(file) ?? {})),
      resolveDir: path.dirname(file),
    }));
  },
};

/** @returns undefined for an ES module. */
function commonJsOf(file: string): object | undefined {
  const library: unknown = load(file);
  const isObject = (typeof library === "object" && library !== null) || typeof library === "function";
  return isObject && !types.isModuleNamespaceObject(library) ? library : undefined;
}

function wrapperOf(file: string, exported: readonly string[]): string {
  const names = exported.filter((name) => name !== "default");
  return [
    `const library = require(${JSON.stringify(file)});`,
    "export default library;",
    ...names.map((name, index) => `const export${index} = library[${JSON.stringify(name)}];`),
    `export { ${names.map((name, index) => `export${index} as ${JSON.stringify(name)}`).join(", ")} };`,
  ].join("\n");
}
