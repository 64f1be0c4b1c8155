import type { LexiconEntry } from "../../src/domain/lexicon/lexicon-entry.ts";
import { compileMatcher } from "../../src/domain/lexicon/matcher.ts";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { entryOf, makeEntries, makeText, seeded, TEXT_CHARACTERS } from "./lexicon-material.ts";

const ENTRY_COUNT = 10_000;
const ROUNDS = 25;
const GOAL_COMPILE_MS = 50;
const GOAL_FIND_MS = 10;

/** 10,000 entries over 100 KB of text, beside a loop of one regular expression for each entry. */
export const lexicon: Scenario = {
  name: "lexicon",
  run: async () => {
    const random = seeded(7);
    const entries = makeEntries(ENTRY_COUNT, random);
    const text = makeText(entries, random);
    const matcher = compileMatcher([entries], "en-US");
    const patterns = entries.map(naivePattern);
    const naive = timed("the same with a regular expression per entry", 1, () => {
      for (const pattern of patterns) {
        Array.from(text.matchAll(pattern));
      }
    });
    const find = timed("find the matches in 100 KB", ROUNDS, () => matcher.findAll(text));
    const compile = timed("compile 10,000 entries", ROUNDS, () => compileMatcher([entries], "en-US"));
    return [
      { ...naive, ratio: 1 },
      { ...judged(find, GOAL_FIND_MS), ratio: find.statistics.median / naive.statistics.median },
      judged(compile, GOAL_COMPILE_MS),
      worstCase(),
    ];
  },
};

/** Every place of the text is inside a possible match of all entries. */
function worstCase(): Figure {
  const nested = Array.from({ length: 200 }, (_, index) => ({
    ...entryOf(`${"a".repeat(index + 1)}b`, index),
    wholeWord: false,
  }));
  const matcher = compileMatcher([nested], "en-US");
  const text = "a".repeat(TEXT_CHARACTERS);
  return timed("worst case: 200 nested entries in 100 KB of one letter", ROUNDS, () => matcher.findAll(text));
}

function naivePattern({ grapheme, caseSensitive }: LexiconEntry): RegExp {
  const escaped = grapheme.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, caseSensitive ? "gu" : "giu");
}

function timed(what: string, rounds: number, work: () => unknown): Figure {
  const times = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return { what, unit: "ms", statistics: statisticsOf(times) };
}

function judged(figure: Figure, goalMs: number): Figure {
  return { ...figure, goal: `under ${goalMs} ms`, isReached: figure.statistics.median < goalMs };
}
