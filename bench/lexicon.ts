import { pathToFileURL } from "node:url";
import type { LexiconEntry } from "../src/domain/lexicon/lexicon-entry.ts";
import { compileMatcher, type Matcher } from "../src/domain/lexicon/matcher.ts";

/** One measured line of the table. */
export interface LexiconFigure {
  readonly what: string;
  readonly medianMs: number;
  /** Undefined where no goal is set. */
  readonly goalMs: number | undefined;
  /** How many times as long the plain way takes. */
  readonly naiveRatio: number | undefined;
}

const ENTRY_COUNT = 10_000;
const TEXT_CHARACTERS = 100_000;
const ROUNDS = 15;
const SYLLABLES = "ka lo mi ter an os bel ing st ur ven da qui pho re ri sch ou né ßa".split(" ");

/** 10,000 entries over 100 KB of text, beside a loop of one regular expression for each entry. */
export function measureLexicon(): readonly LexiconFigure[] {
  const random = seeded(7);
  const entries = makeEntries(random);
  const text = makeText(entries, random);
  const compile = (): Matcher => compileMatcher([entries], "en-US");
  const matcher = compile();
  const foundCount = matcher.findAll(text).length;

  const patterns = entries.map(naivePattern);
  const naiveMs = elapsedMs(() => matchNaively(text, patterns));
  const compileMs = median(() => compile());
  const matchMs = median(() => matcher.findAll(text));
  return [
    { what: "compile 10,000 entries", medianMs: compileMs, goalMs: 50, naiveRatio: undefined },
    {
      what: `find ${foundCount} matches of 10,000 entries in 100 KB`,
      medianMs: matchMs,
      goalMs: 10,
      naiveRatio: naiveMs / matchMs,
    },
    {
      what: "the same with a regular expression per entry",
      medianMs: naiveMs,
      goalMs: undefined,
      naiveRatio: 1,
    },
    { what: "worst case: 200 nested entries in 100 KB of one letter", ...worstCase(), naiveRatio: undefined },
  ];
}

/** Every place of the text is inside a possible match of all entries. */
function worstCase(): Pick<LexiconFigure, "medianMs" | "goalMs"> {
  const nested = Array.from({ length: 200 }, (_, index) => ({
    ...entryOf(`${"a".repeat(index + 1)}b`, index),
    wholeWord: false,
  }));
  const matcher = compileMatcher([nested], "en-US");
  const text = "a".repeat(TEXT_CHARACTERS);
  return { medianMs: median(() => matcher.findAll(text)), goalMs: undefined };
}

function makeEntries(random: () => number): readonly LexiconEntry[] {
  const graphemes = new Set<string>();
  while (graphemes.size < ENTRY_COUNT) {
    graphemes.add(random() < 0.2 ? `${makeWord(random)} ${makeWord(random)}` : makeWord(random));
  }
  return Array.from(graphemes, (grapheme, index) => entryOf(grapheme, index));
}

function entryOf(grapheme: string, index: number): LexiconEntry {
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
function makeText(entries: readonly LexiconEntry[], random: () => number): string {
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

function naivePattern({ grapheme, caseSensitive }: LexiconEntry): RegExp {
  const escaped = grapheme.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, caseSensitive ? "gu" : "giu");
}

function matchNaively(text: string, patterns: readonly RegExp[]): number {
  return patterns.reduce((sum, pattern) => sum + Array.from(text.matchAll(pattern)).length, 0);
}

function median(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => elapsedMs(work)).toSorted((a, b) => a - b);
  return times[Math.floor(ROUNDS / 2)] ?? 0;
}

function elapsedMs(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** Mulberry32: the same texts in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d_2b_79_f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(
    measureLexicon().map(({ what, medianMs, goalMs, naiveRatio }) => ({
      what,
      "median ms": medianMs.toFixed(1),
      "goal ms": goalMs ?? "",
      "naive ×": naiveRatio?.toFixed(0) ?? "",
    })),
  );
}
