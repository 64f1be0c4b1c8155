import type { Metafile } from "esbuild";
import { describe, expect, it } from "vitest";
import { entryChunks, heavyEntryPackages } from "../../../scripts/bundle/entry-modules.ts";

type Output = Metafile["outputs"][string];

function output(inputs: readonly string[], imports: Output["imports"] = []): Output {
  return {
    bytes: 1,
    exports: [],
    imports: [...imports],
    inputs: Object.fromEntries(inputs.map((input) => [input, { bytesInOutput: 1 }])),
  };
}

function metafile(entryImports: Output["imports"]): Metafile {
  return {
    inputs: {},
    outputs: {
      "dist/main.js": output(["src/main.ts", "node_modules/zod/index.js"], entryImports),
      "dist/chunk-A.js": output(["src/shared.ts"], [{ kind: "import-statement", path: "dist/chunk-B.js" }]),
      "dist/chunk-B.js": output(["node_modules/@azure/cosmos/dist/index.js"]),
    },
  };
}

describe("what the cold start loads", () => {
  it("names a heavy package that the entry reaches through chunks it imports statically", () => {
    const eager = metafile([{ kind: "import-statement", path: "dist/chunk-A.js" }]);

    expect(heavyEntryPackages(eager)).toEqual(["@azure/cosmos"]);
  });

  it("allows a heavy package behind a dynamic import", () => {
    const lazy = metafile([{ kind: "dynamic-import", path: "dist/chunk-A.js" }]);

    expect(heavyEntryPackages(lazy)).toEqual([]);
    expect([...entryChunks(lazy)]).toEqual(["dist/main.js"]);
  });

  it("leaves out what the host provides", () => {
    const withHost = metafile([{ kind: "import-statement", path: "@azure/functions-core", external: true }]);

    expect([...entryChunks(withHost)]).toEqual(["dist/main.js"]);
  });

  it("does not count a package of which nothing is left in the output", () => {
    const shaken: Metafile = {
      inputs: {},
      outputs: {
        "dist/main.js": {
          ...output([]),
          inputs: { "node_modules/pg/lib/index.js": { bytesInOutput: 0 } },
        },
      },
    };

    expect(heavyEntryPackages(shaken)).toEqual([]);
  });
});
