import type { LexiconEntry } from "../../src/domain/lexicon/lexicon-entry.ts";

export const TEXT_CHARACTERS = 100_000;
const SYLLABLES = "ka lo mi ter an os bel ing st ur ven da qui pho re ri sch ou né ßa".split(" ");

export function makeEntries(count: number, random: () => number): readonly LexiconEntry[] {
  const graphemes = new Set<string>();
  while (graphemes.size < count) {
    graphemes.add(random() < 0.2 ? `${makeWord(random)} ${makeWord(random)}` : makeWord(random));
  }
  return Array.from(graphemes, (grapheme, index) => entryOf(grapheme, index));
}

export function entryOf(grapheme: string, index: number): LexiconEntry {
  return {
    id: `lex_${index}`,
    lexicon: "default",
    grapheme,
    pronunciation: { kind: "alias", alias: "x" },
    locale: "*",
    caseSensitive: index % 10 === 0,
    wholeWord: true,
    enabled: true,
    notes: "",
    version: 1,
    createdAt: "",
    updatedAt: "",
  };
}

/** One word in twenty is of the lexicon. */
export function makeText(entries: readonly LexiconEntry[], random: () => number): string {
  const common = Array.from({ length: 3000 }, () => makeWord(random));
  let text = "";
  while (text.length < TEXT_CHARACTERS) {
    const from = random() < 0.05 ? entries.map(({ grapheme }) => grapheme) : common;
    text += `${from[Math.floor(random() * from.length)] ?? ""}${random() < 0.1 ? ", " : " "}`;
  }
  return text;
}

function makeWord(random: () => number): string {
  const length = 2 + Math.floor(random() * 4);
  return Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join("");
}

/** Mulberry32: the same texts in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d_2b_79_f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
