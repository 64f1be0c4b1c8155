import { describe, expect, it } from "vitest";
import { type LexemeDraft, readLexeme } from "../../../../src/domain/lexicon/lexeme-draft.ts";
import { lexemeKey } from "../../../../src/domain/lexicon/lexeme-key.ts";

/** `field: code` of each problem. */
function problems(draft: LexemeDraft): readonly string[] {
  const reading = readLexeme(draft);
  return reading.kind === "problems" ? reading.problems.map(({ field, code }) => `${field}: ${code}`) : [];
}

function keyOf(draft: LexemeDraft): string {
  const reading = readLexeme({ alias: "x", ...draft });
  return reading.kind === "lexeme" ? lexemeKey(reading.lexeme) : "no lexeme";
}

describe("a lexeme", () => {
  it("is an alias for whole words of any case in every locale, unless it says otherwise", () => {
    expect(readLexeme({ grapheme: "  SQL ", alias: " sequel " })).toEqual({
      kind: "lexeme",
      lexeme: {
        grapheme: "SQL",
        pronunciation: { kind: "alias", alias: "sequel" },
        locale: "*",
        caseSensitive: false,
        wholeWord: true,
        enabled: true,
        notes: "",
      },
    });
  });

  it("has phonemes in IPA unless it names an alphabet, decomposed and with the locale spelt the usual way", () => {
    expect(readLexeme({ grapheme: "bom", phoneme: "b\u00F5", locale: "PT-br" })).toMatchObject({
      lexeme: {
        pronunciation: { kind: "phoneme", alphabet: "ipa", phoneme: "bo\u0303" },
        locale: "pt-BR",
      },
    });
    expect(readLexeme({ grapheme: "x", phoneme: "h ow", alphabet: "x-microsoft-sapi" })).toMatchObject({
      lexeme: { pronunciation: { alphabet: "sapi" } },
    });
  });

  it.each<[string, LexemeDraft]>([
    ["grapheme: grapheme-empty", { grapheme: " \u00AD\u200B ", alias: "x" }],
    ["grapheme: grapheme-too-broad", { grapheme: "e", alias: "x", wholeWord: false }],
    ["grapheme: grapheme-too-broad", { grapheme: "\u0301", alias: "x" }],
    ["grapheme: character-not-allowed", { grapheme: "a\u0000b", alias: "x" }],
    ["grapheme: character-not-allowed", { grapheme: "a\uD800", alias: "x" }],
    ["grapheme: too-long", { grapheme: "a".repeat(201), alias: "x" }],
    ["alias: pronunciation-missing", { grapheme: "a", alias: " " }],
    ["alias: pronunciation-ambiguous", { grapheme: "a", alias: "x", phoneme: "a" }],
    ["alias: character-not-allowed", { grapheme: "a", alias: "x\u0007" }],
    ["alphabet: alphabet-unknown", { grapheme: "a", phoneme: "a", alphabet: "arpabet" }],
    ["locale: locale-unknown", { grapheme: "a", alias: "x", locale: "xx-YY" }],
    ["locale: locale-unknown", { grapheme: "a", alias: "x", locale: "not a locale" }],
    ["phoneme: phoneme-invalid", { grapheme: "a", phoneme: "rɛd", locale: "en-US" }],
    ["notes: character-not-allowed", { grapheme: "a", alias: "x", notes: "\u0000" }],
  ])("has the problem %s", (problem, draft) => {
    expect(problems(draft)).toEqual([problem]);
  });

  it("may be a lone letter inside words in a script that writes no blanks", () => {
    expect(problems({ grapheme: "长", alias: "x", wholeWord: false })).toEqual([]);
  });

  it("says which phone is wrong, where, and what comes nearest", () => {
    expect(readLexeme({ grapheme: "red", phoneme: "rɛd", locale: "en-US" })).toMatchObject({
      problems: [
        {
          message: 'has "r" at character 1, which is no phone of the locale; the nearest legal one is "ɹ"',
        },
      ],
    });
  });

  it("has the key of another one that matches the same words", () => {
    expect(keyOf({ grapheme: "Straße" })).toBe(keyOf({ grapheme: "STRASSE" }));
    expect(keyOf({ grapheme: "New  York" })).toBe(keyOf({ grapheme: "new york" }));
    expect(keyOf({ grapheme: "US", caseSensitive: true })).not.toBe(
      keyOf({ grapheme: "us", caseSensitive: true }),
    );
    expect(keyOf({ grapheme: "US" })).not.toBe(keyOf({ grapheme: "US", caseSensitive: true }));
    expect(keyOf({ grapheme: "US" })).not.toBe(keyOf({ grapheme: "US", locale: "en" }));
  });
});
