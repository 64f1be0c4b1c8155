import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Alphabet, ALPHABETS } from "../../../../src/domain/lexicon/alphabet.ts";
import { applyLexicon } from "../../../../src/domain/lexicon/apply-lexicon.ts";
import type { LexiconEntry } from "../../../../src/domain/lexicon/lexicon-entry.ts";
import { compileMatcher } from "../../../../src/domain/lexicon/matcher.ts";
import { entryOf } from "../../../support/lexicon/entries.ts";

const everyAlphabet = { alphabets: new Set<Alphabet>(ALPHABETS) };
const noPhonemes = { alphabets: new Set<Alphabet>() };

function phonemeOf(grapheme: string, phoneme: string, alphabet: Alphabet = "ipa"): LexiconEntry {
  return entryOf(grapheme, phoneme, { pronunciation: { kind: "phoneme", phoneme, alphabet } });
}

function apply(text: string, entries: readonly LexiconEntry[], capabilities = everyAlphabet) {
  return applyLexicon(text, compileMatcher([entries], "en-US"), capabilities);
}

describe("applying a lexicon to a text", () => {
  it("divides the text into what is spoken as written and what is not", () => {
    const entries = [entryOf("SQL", "sequel"), phonemeOf("tomato", "təˈmeɪtoʊ")];

    const { segments } = apply("SQL, a tomato!", entries);

    expect(segments).toEqual([
      { kind: "sub", start: 0, end: 3, alias: "sequel" },
      { kind: "text", start: 3, end: 7 },
      { kind: "phoneme", start: 7, end: 13, alphabet: "ipa", phoneme: "təˈmeɪtoʊ" },
      { kind: "text", start: 13, end: 14 },
    ]);
  });

  it("uses the alias for the same words when the voice obeys no phonemes, and says so", () => {
    const phoneme = { ...phonemeOf("tomato", "təˈmeɪtoʊ"), caseSensitive: true };
    const alias = entryOf("tomato", "to mah to");

    const { segments, occurrences } = apply("tomato", [phoneme, alias], noPhonemes);

    expect(segments).toEqual([{ kind: "sub", start: 0, end: 6, alias: "to mah to" }]);
    expect(occurrences).toEqual([
      { entry: phoneme, start: 0, end: 6, reason: "phonemes-unsupported" },
      { entry: alias, start: 0, end: 6 },
    ]);
  });

  it("leaves the text alone and names the entry when there is no alias either", () => {
    const entry = phonemeOf("tomato", "təˈmeɪtoʊ");

    const { segments, occurrences } = apply("tomato", [entry], noPhonemes);

    expect(segments).toEqual([{ kind: "text", start: 0, end: 6 }]);
    expect(occurrences).toEqual([{ entry, start: 0, end: 6, reason: "phonemes-unsupported" }]);
  });

  it("does not send an alphabet that the voice does not take", () => {
    const { occurrences } = apply("tomato", [phonemeOf("tomato", "t ax m ey t ow", "sapi")], {
      alphabets: new Set<Alphabet>(["ipa"]),
    });

    expect(occurrences.map(({ reason }) => reason)).toEqual(["alphabet-unsupported"]);
  });

  it("never lets a phone through that the locale's voices do not know", () => {
    const { segments, occurrences } = apply("rue", [phonemeOf("rue", "ʁy")]);

    expect(segments).toEqual([{ kind: "text", start: 0, end: 3 }]);
    expect(occurrences.map(({ reason }) => reason)).toEqual(["phoneme-invalid"]);
  });

  it("names the entry that gave way to a preferred one", () => {
    const { occurrences } = apply("API", [entryOf("API", "a", { locale: "en" }), entryOf("API", "b")]);

    expect(occurrences.map(({ entry, reason }) => [entry.id, reason])).toEqual([
      ["lex_API_a", undefined],
      ["lex_API_b", "preferred-other"],
    ]);
  });

  it("makes segments that give back any text, in order and without gaps", () => {
    const matcher = compileMatcher([[entryOf("a", "x"), entryOf("b c", "y"), phonemeOf("é", "ʁ")]], "en-US");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c", " ", "é", "😀", "-") }), (text) => {
        const { segments } = applyLexicon(text, matcher, everyAlphabet);

        expect(segments.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
        expect(segments.every(({ start }, index) => start === (segments[index - 1]?.end ?? 0))).toBe(true);
      }),
    );
  });
});
