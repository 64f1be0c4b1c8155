import { describe, expect, it } from "vitest";
import { lexiconWorld } from "../../../support/lexicon/lexicon-world.ts";

describe("exporting a lexicon", () => {
  it("gives a file that uploads as the same entries", async () => {
    const { create, upload, useCases, user } = lexiconWorld();
    await create({ grapheme: "a, b", alias: 'x "y"', notes: "two\nlines", caseSensitive: true });
    await create({ grapheme: "tomato", phoneme: "təˈmeɪtoʊ", locale: "en-US", enabled: false });

    for (const format of ["csv", "json", "jsonl", "pls"] as const) {
      const { pieces } = await useCases.exportLexicon(user, {
        lexicon: "default",
        format,
        locale: undefined,
      });
      const report = await upload([...pieces].join(""), { format });

      expect(report).toMatchObject({ skipped: 2, created: 0, updated: 0, failed: 0 });
    }
  });

  it.each(["csv", "json", "jsonl", "pls"] as const)(
    "gives a file of kind %s that uploads into a lexicon of another name",
    async (format) => {
      const { create, upload, useCases, user } = lexiconWorld();
      await create({ grapheme: "a, b", alias: 'x "y"', notes: "two\nlines", caseSensitive: true });
      await create({ grapheme: "tomato", phoneme: "təˈmeɪtoʊ", locale: "en-US", enabled: false });
      const fileOf = async (lexicon: string): Promise<string> => {
        const request = { lexicon, format, locale: undefined };
        return [...(await useCases.exportLexicon(user, request)).pieces].join("");
      };

      const report = await upload(await fileOf("default"), { format, lexicon: "copy" });

      expect(report).toMatchObject({ lexicon: "copy", created: 2, failed: 0 });
      expect(await upload(await fileOf("copy"), { format, lexicon: "default" })).toMatchObject({
        lexicon: "default",
        skipped: 2,
        created: 0,
        updated: 0,
      });
    },
  );

  it("may be of one locale, and of no lexicon that is not there", async () => {
    const { create, useCases, user } = lexiconWorld();
    await create({ grapheme: "a", alias: "x", locale: "de" });
    await create({ grapheme: "b", alias: "x" });

    const { pieces } = await useCases.exportLexicon(user, {
      lexicon: "default",
      format: "jsonl",
      locale: "de",
    });

    expect([...pieces]).toHaveLength(1);
    await expect(
      useCases.exportLexicon(user, { lexicon: "nobody", format: "csv", locale: undefined }),
    ).rejects.toMatchObject({ code: "lexicon-not-found" });
  });
});
