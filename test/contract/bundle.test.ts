import { describe, expect, it } from "vitest";
import { bundleApp } from "../../scripts/bundle/bundle.ts";
import { entryChunks, heavyEntryPackages } from "../../scripts/bundle/entry-modules.ts";

describe("the bundle", () => {
  it("loads no heavy package before the first request", async () => {
    const metafile = await bundleApp({ write: false });

    expect(heavyEntryPackages(metafile)).toEqual([]);
    expect(Object.keys(metafile.outputs).length).toBeGreaterThan(entryChunks(metafile).size);
  });
});
