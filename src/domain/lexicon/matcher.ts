import { BackwardAutomaton } from "./backward-automaton.ts";
import type { LexiconEntry } from "./lexicon-entry.ts";
import { localeChain } from "./locale.ts";
import { type FoldedText, type Folding, caselessFolding, foldStrings, foldText } from "./text-folding.ts";
import { endsWord, startsWord } from "./word-boundaries.ts";

/** Where a text has a pronunciation. Offsets are UTF-16 units of the text as given, end exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** All entries for this stretch, the one to prefer first. Never empty. */
  readonly candidates: readonly LexiconEntry[];
}

/** Finds the pronunciations of one locale in texts. */
export interface Matcher {
  readonly locale: string;
  readonly entryCount: number;
  /** Leftmost and then longest stretches, in order; they do not overlap. */
  findAll(text: string): readonly Match[];
}

/** Entries that are looked for in the same way. */
interface Group {
  readonly folding: Folding;
  readonly wholeWord: boolean;
  readonly automaton: BackwardAutomaton;
  /** Folded length and entries of each pattern of the automaton. */
  readonly patterns: readonly { readonly length: number; readonly entries: readonly LexiconEntry[] }[];
}

/**
 * Prepares the enabled entries that apply in a locale.
 *
 * @param lexicons the one to prefer first. Within one, `de-AT` is preferred to `de` and `de` to `*`, exact case to any case,
 * and whole words to parts.
 */
export function compileMatcher(lexicons: readonly (readonly LexiconEntry[])[], locale: string): Matcher {
  const ranks = new Map<LexiconEntry, number>();
  const chain = localeChain(locale);
  for (const [lexiconIndex, entries] of lexicons.entries()) {
    for (const entry of entries) {
      const localeIndex = chain.indexOf(entry.locale);
      if (entry.enabled && localeIndex >= 0) {
        ranks.set(entry, lexiconIndex * 1000 + localeIndex * 10 + specificity(entry));
      }
    }
  }
  return new CompiledMatcher(locale, ranks);
}

/** 0 is the most specific. */
function specificity({ caseSensitive, wholeWord }: LexiconEntry): number {
  return (caseSensitive ? 0 : 2) + (wholeWord ? 0 : 1);
}

class CompiledMatcher implements Matcher {
  readonly locale: string;
  readonly entryCount: number;
  readonly #ranks: ReadonlyMap<LexiconEntry, number>;
  readonly #groups: readonly Group[];

  constructor(locale: string, ranks: ReadonlyMap<LexiconEntry, number>) {
    this.locale = locale;
    this.entryCount = ranks.size;
    this.#ranks = ranks;
    const entries = [...ranks.keys()];
    this.#groups = [true, false].flatMap((wholeWord) =>
      [true, false].flatMap((caseSensitive) =>
        makeGroup(
          entries.filter((entry) => entry.wholeWord === wholeWord && entry.caseSensitive === caseSensitive),
          { wholeWord, folding: caseSensitive ? "exact" : caselessFolding(locale) },
        ),
      ),
    );
  }

  findAll(text: string): readonly Match[] {
    const folded = new Map<Folding, FoldedText>();
    const found = this.#groups.flatMap((group) => {
      const foldedText = folded.get(group.folding) ?? foldText(text, group.folding);
      folded.set(group.folding, foldedText);
      return this.#findGroup(group, text, foldedText);
    });
    found.sort((a, b) => a.start - b.start || b.end - a.end);
    return this.#withoutOverlaps(found);
  }

  /** @returns the longest match at each place, from the end of the text to its start. */
  #findGroup(group: Group, text: string, folded: FoldedText): readonly Match[] {
    const matches: Match[] = [];
    group.automaton.scan(folded.units, (index, state) => {
      const start = folded.starts[index] ?? 0;
      const startsHere = index === 0 || folded.starts[index - 1] !== start;
      if (!startsHere || (group.wholeWord && !startsWord(text, start, this.locale))) {
        return;
      }
      for (const patternIndex of group.automaton.patternsOf(state)) {
        const pattern = group.patterns[patternIndex];
        const end = pattern && endOf(folded, index + pattern.length - 1);
        if (end !== undefined && (!group.wholeWord || endsWord(text, end, this.locale))) {
          matches.push({ start, end, candidates: pattern?.entries ?? [] });
          return;
        }
      }
    });
    return matches;
  }

  /** @param found by start, at one start the longest first. */
  #withoutOverlaps(found: readonly Match[]): readonly Match[] {
    const matches: Match[] = [];
    let end = 0;
    for (const match of found) {
      const last = matches.at(-1);
      if (match.start >= end) {
        matches.push(match);
        end = match.end;
      } else if (last?.start === match.start && last.end === match.end) {
        matches[matches.length - 1] = { ...last, candidates: [...last.candidates, ...match.candidates] };
      }
    }
    return matches.map((match) => ({ ...match, candidates: this.#byRank(match.candidates) }));
  }

  #byRank(entries: readonly LexiconEntry[]): readonly LexiconEntry[] {
    const rank = (entry: LexiconEntry) => this.#ranks.get(entry) ?? 0;
    return entries.length < 2 ? entries : entries.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** @returns where the character that this unit belongs to ends, or undefined when the unit is not its last. */
function endOf({ starts, ends }: FoldedText, index: number): number | undefined {
  const isLast = index + 1 === starts.length || starts[index + 1] !== starts[index];
  return isLast ? ends[index] : undefined;
}

function makeGroup(
  entries: readonly LexiconEntry[],
  { folding, wholeWord }: { readonly folding: Folding; readonly wholeWord: boolean },
): readonly Group[] {
  if (entries.length === 0) {
    return [];
  }
  const byPattern = new Map<string, LexiconEntry[]>();
  const folded = foldStrings(
    entries.map(({ grapheme }) => grapheme),
    folding,
  );
  for (const [index, entry] of entries.entries()) {
    const pattern = folded[index] ?? "";
    const same = byPattern.get(pattern);
    if (same) {
      same.push(entry);
    } else {
      byPattern.set(pattern, [entry]);
    }
  }
  byPattern.delete("");
  const patterns = [...byPattern].map(([pattern, same]) => ({ length: pattern.length, entries: same }));
  return [{ folding, wholeWord, patterns, automaton: new BackwardAutomaton([...byPattern.keys()]) }];
}
