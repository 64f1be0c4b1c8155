import { describe, expect, it } from "vitest";
import { nodeHasher } from "../../../../src/adapters/system/node-hasher.ts";
import { csvOf } from "../../../support/lexicon/csv-of.ts";
import { lexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

describe("uploading a lexicon", () => {
  it("reports what became of each row", async () => {
    const { create, upload } = lexiconWorld();
    await create({ grapheme: "old", alias: "x" });
    await create({ grapheme: "same", alias: "y" });

    const report = await upload("grapheme,alias\nnew,a\nold,b\nsame,y\nnew,a\n");

    expect(report).toMatchObject({
      lexicon: "default",
      revision: 3,
      created: 1,
      updated: 1,
      skipped: 2,
      failed: 0,
    });
    expect(report.rows.map(({ row, line, status, code }) => [row, line, status, code])).toEqual([
      [1, 2, "created", undefined],
      [2, 3, "updated", undefined],
      [3, 4, "skipped", "exists"],
      [4, 5, "skipped", "repeated"],
    ]);
  });

  it("leaves entries alone in mode skip, and deletes those that the file lacks in mode replace", async () => {
    const { create, upload, graphemes } = lexiconWorld();
    const kept = await create({ grapheme: "a", alias: "x" });
    await create({ grapheme: "b", alias: "x" });

    expect(await upload("grapheme,alias\na,y", { mode: "skip" })).toMatchObject({ skipped: 1, updated: 0 });
    expect(await upload("grapheme,alias\nA,y\nc,z", { mode: "replace" })).toMatchObject({
      updated: 1,
      created: 1,
      deleted: 1,
    });
    expect(await graphemes()).toEqual(["A", "c"]);
    expect(kept.version).toBe(1);
  });

  it("changes nothing when a row is wrong, and names row and column", async () => {
    const { upload, graphemes, documents } = lexiconWorld();
    const content =
      'grapheme,alias,phoneme,locale\ngood,x,,\n ,x,,\na,,rɛd,en-US\nb,x,b,\nc,x,,xx\n"good",y,,\n';

    await expect(upload(content)).rejects.toMatchObject({
      code: "lexicon-rows-invalid",
      details: { failed: 5, rows: 6 },
      errors: [
        { field: "rows[2].grapheme" },
        { field: "rows[3].phoneme" },
        { field: "rows[4].alias" },
        { field: "rows[5].locale" },
        {
          field: "rows[6].grapheme",
          message: "contradicts row 1, which has the same grapheme, locale and case",
        },
      ],
    });
    expect(await graphemes()).toEqual([]);
    expect(documents.batches).toEqual([]);
  });

  it("names the file by its hash, and the revisions before and after it", async () => {
    const { create, upload } = lexiconWorld();
    await create({ grapheme: "old", alias: "x" });
    const file = "grapheme,alias\nnew,a";
    const fileSha256 = nodeHasher.sha256Hex(file);

    expect(await upload(file)).toMatchObject({ fileSha256, previousRevision: 1, revision: 2 });
    expect(await upload(file)).toMatchObject({ fileSha256, previousRevision: 2, revision: 2, skipped: 1 });
  });

  it("only reports in a dry run, failures too", async () => {
    const { upload, documents } = lexiconWorld();

    const report = await upload("grapheme,alias\na,x\nb,\n", { dryRun: true });

    expect(report).toMatchObject({ dryRun: true, revision: 0, created: 1, failed: 1 });
    expect(report.rows[1]).toMatchObject({ row: 2, line: 3, column: "alias", code: "pronunciation-missing" });
    expect(documents.batches).toEqual([]);
  });

  it("goes into the lexicon of the request whatever the rows say, else the first row's, else default", async () => {
    const { upload } = lexiconWorld();
    const content = "lexicon,grapheme,alias\nmedical,mg,milligram";

    expect(await upload(content)).toMatchObject({ lexicon: "medical" });
    expect(await upload("grapheme,alias\na,b")).toMatchObject({ lexicon: "default" });
    expect(await upload(content, { lexicon: "other" })).toMatchObject({ lexicon: "other", created: 1 });
    await expect(upload(`${content}\nother,kg,kilogram`)).rejects.toMatchObject({
      errors: [{ field: "rows[2].lexicon", message: expect.stringContaining('first row is for "medical"') }],
    });
  });

  it("gives rows without a locale that of the request", async () => {
    const { upload, useCases, user } = lexiconWorld();

    await upload("grapheme,alias,locale\na,x,\nb,x,de", { locale: "fr-FR" });

    const { items } = await useCases.listEntries(user, { limit: 10 });
    expect(items.map(({ grapheme, locale }) => `${grapheme} ${locale}`).toSorted()).toEqual([
      "a fr-FR",
      "b de",
    ]);
  });

  it("refuses more rows than it takes", async () => {
    const { upload } = lexiconWorld();

    await expect(upload(csvOf(301))).rejects.toMatchObject({
      code: "lexicon-file-invalid",
      details: { limit: 300 },
    });
  });

  it("refuses a lexicon that would grow too large", async () => {
    const { upload } = lexiconWorld();
    await upload(csvOf(250, "first"));
    await upload(csvOf(150, "second"));

    await expect(upload("grapheme,alias\none more,x")).rejects.toMatchObject({ code: "lexicon-full" });
  });
});

describe("uploading a file without rows", () => {
  it.each([
    ["csv", "grapheme,alias\n"],
    ["json", "[]"],
    ["jsonl", "\n"],
    ["pls", '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"/>'],
  ] as const)("is refused as %s in mode replace, in a dry run too", async (format, content) => {
    const { create, upload, graphemes } = lexiconWorld();
    await create({ grapheme: "kept", alias: "x" });

    for (const dryRun of [false, true]) {
      await expect(upload(content, { format, mode: "replace", dryRun })).rejects.toMatchObject({
        code: "lexicon-file-empty",
        errors: [{ field: "file" }],
      });
    }
    expect(await graphemes()).toEqual(["kept"]);
  });

  it.each(["upsert", "skip"] as const)("changes nothing in mode %s, and says so", async (mode) => {
    const { create, upload } = lexiconWorld();
    await create({ grapheme: "kept", alias: "x" });

    const report = await upload("grapheme,alias\n", { mode });

    expect(report).toMatchObject({ revision: 1, warnings: [expect.stringContaining("no rows")], rows: [] });
    expect(await upload("grapheme,alias\na,b", { mode })).toMatchObject({ warnings: [] });
  });
});

describe("uploading a PLS lexeme with an alias and a phoneme", () => {
  it("stores the alias and warns on its row, also when the entry is there already", async () => {
    const { upload } = lexiconWorld();
    const content =
      '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"><lexeme><grapheme>BTW</grapheme><alias>by the way</alias><phoneme>b</phoneme></lexeme><lexeme><grapheme>mg</grapheme><alias>milligram</alias></lexeme></lexicon>';
    const warnings = [expect.stringContaining("phoneme of the lexeme is not stored")];

    const created = await upload(content, { format: "pls" });
    const again = await upload(content, { format: "pls" });

    expect(created.rows).toEqual([
      { row: 1, line: 1, status: "created", warnings },
      { row: 2, line: 1, status: "created" },
    ]);
    expect(again.rows).toMatchObject([{ status: "skipped", warnings }, { status: "skipped" }]);
  });
});
