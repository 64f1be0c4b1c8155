import { describe, expect, it } from "vitest";
import {
  bodyOf,
  ENTRIES,
  type Entry,
  lexiconUser,
  type Problem,
  uploadLexicon,
} from "../support/lexicon/lexicon-api.ts";

describe("uploading and exporting over HTTP", () => {
  it("takes a file whole, and what is exported uploads as the same entries", async () => {
    const api = await lexiconUser();

    const report = await bodyOf(
      uploadLexicon(api, "grapheme;alias;locale\nSQL;sequel;en\nmg;milligram;\n"),
      200,
    );
    expect(report).toMatchObject({
      revision: 1,
      created: 2,
      failed: 0,
      rows: [{ row: 1, status: "created" }, { row: 2 }],
    });

    for (const format of ["csv", "json", "jsonl", "pls"]) {
      const file = await api.get(`${ENTRIES}/export?format=${format}`);
      expect(file.headers.get("content-disposition")).toBe(`attachment; filename="default.${format}"`);
      const again = await bodyOf(uploadLexicon(api, await file.text(), { format, mode: "replace" }), 200);
      expect(again).toMatchObject({ skipped: 2, created: 0, updated: 0, deleted: 0, failed: 0 });
      const copy = await api.get(`${ENTRIES}/export?format=${format}`);
      const fields = { format, lexicon: `copy-${format}` };
      expect(await bodyOf(uploadLexicon(api, await copy.text(), fields), 200)).toMatchObject({
        lexicon: `copy-${format}`,
        created: 2,
      });
    }
  });

  it("refuses to replace a lexicon by a file without rows", async () => {
    const api = await lexiconUser();
    await bodyOf(uploadLexicon(api, "grapheme,alias\nmg,milligram\n"), 200);

    const refusal = await bodyOf<Problem>(uploadLexicon(api, "grapheme,alias\n", { mode: "replace" }), 422);
    const report = await bodyOf(uploadLexicon(api, "grapheme,alias\n"), 200);
    const { items } = await bodyOf<{ items: Entry[] }>(api.get(ENTRIES), 200);

    expect(refusal).toMatchObject({ code: "lexicon-file-empty", errors: [{ field: "file" }] });
    expect(report).toMatchObject({ revision: 1, warnings: [expect.any(String)] });
    expect(items).toHaveLength(1);
  });

  it("stores nothing of a file with one bad row, and a dry run reports it", async () => {
    const api = await lexiconUser();
    const content = "grapheme,phoneme,locale\ngood,ɡʊd,en-US\nbad,rɛd,en-US\n";

    const refusal = await bodyOf<Problem>(uploadLexicon(api, content), 422);
    const report = await bodyOf(uploadLexicon(api, content, { dryRun: "true" }), 200);
    const { items } = await bodyOf<{ items: Entry[] }>(api.get(ENTRIES), 200);

    expect(refusal).toMatchObject({ code: "lexicon-rows-invalid", errors: [{ field: "rows[2].phoneme" }] });
    expect(report).toMatchObject({
      dryRun: true,
      created: 1,
      failed: 1,
      rows: [{}, { row: 2, line: 3, status: "failed" }],
    });
    expect(items).toEqual([]);
  });

  it("takes 50,000 rows at once", async () => {
    const api = await lexiconUser();
    const rows = Array.from({ length: 50_000 }, (_, index) => `Wörd ${index},alias ${index}`);

    const report = await bodyOf<{ created: number; revision: number }>(
      uploadLexicon(api, `grapheme,alias\n${rows.join("\n")}`, { lexicon: "large" }),
      200,
    );

    expect(report).toMatchObject({ created: 50_000, revision: 1 });
    const page = await bodyOf<{ items: Entry[] }>(api.get(`${ENTRIES}?lexicon=large&q=49999`), 200);
    expect(page.items.map(({ grapheme }) => grapheme)).toEqual(["Wörd 49999"]);
  });

  it("refuses files that are too large, of no known kind, or dangerous", async () => {
    const api = await lexiconUser();
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><lexicon>&b;</lexicon>';

    const large = await uploadLexicon(api, "x".repeat(21 * 1024 * 1024));
    const nameless = await api.postForm(`${ENTRIES}/bulk-upload`, { file: new File(["x"], "lexicon.doc") });
    const dangerous = await uploadLexicon(api, bomb, { format: "pls" });

    expect(large.status).toBe(413);
    expect(nameless.status).toBe(422);
    expect((await dangerous.json()) as Problem).toMatchObject({ code: "lexicon-file-invalid" });
  });
});
