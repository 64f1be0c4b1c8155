import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileMatcher } from "../../../../src/domain/lexicon/matcher.ts";
import type { LexiconEntry } from "../../../../src/domain/lexicon/lexicon-entry.ts";
import { entryOf } from "../../../support/lexicon/entries.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "word" });
const graphemeSegmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Full case folding of the letters that the properties use. */
function folded(text: string, caseSensitive: boolean): string {
  const plain = text.normalize("NFC").trim().replace(/\s+/g, " ");
  return caseSensitive
    ? plain
    : plain.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFC");
}

function boundaries(text: string, by: Intl.Segmenter): ReadonlySet<number> {
  return new Set([...Array.from(by.segment(text), ({ index }) => index), text.length]);
}

/** Tries every stretch of the text with every entry: slow and plain. */
function naively(text: string, entries: readonly LexiconEntry[]): readonly string[] {
  const words = boundaries(text, segmenter);
  const characters = [...boundaries(text, graphemeSegmenter)].toSorted((a, b) => a - b);
  const isMatch = (entry: LexiconEntry, start: number, end: number) =>
    (!entry.wholeWord || (words.has(start) && words.has(end))) &&
    text.slice(start, end).trim().length === end - start &&
    folded(text.slice(start, end), entry.caseSensitive) === folded(entry.grapheme, entry.caseSensitive);
  const results: string[] = [];
  let from = 0;
  while (from < text.length) {
    const start = from;
    const end = characters
      .filter((candidate) => characters.includes(start) && candidate > start)
      .findLast((candidate) => entries.some((entry) => isMatch(entry, start, candidate)));
    if (end !== undefined) {
      results.push(`${start}-${end}`);
    }
    from = end ?? start + 1;
  }
  return results;
}

const letters = fc.constantFrom(
  "a",
  "a",
  "b",
  "b",
  "c",
  "A",
  "B",
  "é",
  "e\u0301",
  "ß",
  "ς",
  "Σ",
  "1",
  ".",
  "-",
  "_",
  "中",
  "ア",
  "😀",
);
const word = fc.string({ unit: letters, minLength: 1, maxLength: 4 });
const blanks = fc.constantFrom(" ", "  ", "\n", ", ");
const textOf = (parts: fc.Arbitrary<string>, maxLength: number) =>
  fc
    .array(fc.tuple(parts, blanks), { minLength: 1, maxLength })
    .map((pairs) => pairs.map(([part, blank]) => part + blank).join(""));
/** Any code points, lone surrogates among them. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 40 })
  .map((codePoints) => String.fromCodePoint(...codePoints));
const entry = fc
  .tuple(fc.oneof(word, textOf(word, 2)), fc.boolean(), fc.boolean())
  .filter(([grapheme]) => grapheme.trim() !== "" && !/[,]/.test(grapheme))
  .map(([grapheme, caseSensitive, wholeWord]) =>
    entryOf(grapheme.trim(), `${grapheme}${caseSensitive}${wholeWord}`, { caseSensitive, wholeWord }),
  );

describe("the matcher, for any text and any entries", () => {
  it("finds what trying every stretch with every entry finds", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), textOf(word, 6), (entries, text) => {
        const matches = compileMatcher([entries], "en-US").findAll(text);

        expect(matches.map(({ start, end }) => `${start}-${end}`)).toEqual(naively(text, entries));
      }),
      { numRuns: 300 },
    );
  });

  it("never overlaps, stays inside the text and names entries that fit", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), anyText, (entries, text) => {
        let end = 0;
        for (const match of compileMatcher([entries], "tr-TR").findAll(text)) {
          expect(match.start).toBeGreaterThanOrEqual(end);
          expect(match.end).toBeGreaterThan(match.start);
          expect(match.candidates.length).toBeGreaterThan(0);
          end = match.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("finds every entry in a text that is its grapheme", () => {
    fc.assert(
      fc.property(entry, (only) => {
        const matches = compileMatcher([[only]], "en-US").findAll(only.grapheme);

        expect(matches).toEqual([{ start: 0, end: only.grapheme.length, candidates: [only] }]);
      }),
    );
  });
});
