import type { Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleApp } from "../../scripts/bundle/bundle.ts";
import { entryChunks, heavyEntryPackages } from "../../scripts/bundle/entry-modules.ts";

describe("the bundle", () => {
  let metafile: Metafile;

  beforeAll(async () => {
    metafile = await bundleApp({ write: false });
  });

  it("loads no heavy package before the first request", () => {
    expect(heavyEntryPackages(metafile)).toEqual([]);
    expect(Object.keys(metafile.outputs).length).toBeGreaterThan(entryChunks(metafile).size);
  });

  it("gives every package that it loads at first use the names that the source asks for", () => {
    const asked = Object.entries(metafile.inputs)
      .filter(([input]) => input.startsWith("src/"))
      .flatMap(([, { imports }]) => imports)
      .filter(({ kind }) => kind === "dynamic-import")
      .map(({ path }) => path);

    const chunks = Object.values(metafile.outputs).filter(
      ({ entryPoint }) => entryPoint !== undefined && asked.includes(entryPoint),
    );

    expect(chunks.length).toBeGreaterThan(10);
    expect(
      chunks.filter(({ exports }) => exports.join() === "default").map(({ entryPoint }) => entryPoint),
    ).toEqual([]);
  });

  it("takes Node's own modules without reading all their members, which would load Node's fetch", () => {
    const { inputs, outputs } = metafile;

    const imported = Object.values(outputs)
      .flatMap(({ imports }) => imports)
      .filter(({ kind, path }) => kind === "import-statement" && path.startsWith("node:"));

    expect(imported).toEqual([]);
    expect(Object.keys(inputs)).toContain("builtin:node:http");
  });

  it("has no languages of error messages but English, and of zod only what the app uses", () => {
    const loaded = [...entryChunks(metafile)].flatMap((chunk) =>
      Object.entries(metafile.outputs[chunk]?.inputs ?? {}).filter(
        ([, { bytesInOutput }]) => bytesInOutput > 0,
      ),
    );

    const locales = loaded.map(([input]) => input).filter((input) => input.includes("/zod/v4/locales/"));
    const bytes = loaded
      .filter(([input]) => input.includes("/node_modules/zod/") || input.startsWith("node_modules/zod/"))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);

    expect(locales).toEqual(["node_modules/zod/v4/locales/en.js"]);
    expect(bytes).toBeLessThan(125_000);
  });
});
