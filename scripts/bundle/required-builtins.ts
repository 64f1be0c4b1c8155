import type { Plugin } from "esbuild";

const NAMESPACE = "builtin";

/**
 * Takes Node's own modules with `require`: an ES import reads every member of the module to export it, and a member of
 * `node:http` loads the whole of Node's `fetch`.
 */
export const requiredBuiltins: Plugin = {
  name: "required-builtins",
  setup(build) {
    build.onResolve({ filter: /^node:/, namespace: "file" }, ({ path, kind }) =>
      kind === "import-statement" ? { path, namespace: NAMESPACE } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
