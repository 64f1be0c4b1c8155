import type { LexiconEntry } from "./lexicon-entry.ts";
import { localeChain } from "./locale.ts";
import { findInGroup, makeGroup, type Match, type MatchGroup } from "./match-group.ts";
import { caselessFolding, type FoldedText, type Folding, foldText } from "./text-folding.ts";

/** Finds the pronunciations of one locale in texts. */
export interface Matcher {
  readonly locale: string;
  readonly entryCount: number;
  /** Leftmost and then longest stretches, in order; they do not overlap. */
  findAll(text: string): readonly Match[];
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
      if (entry.enabled && chain.includes(entry.locale)) {
        const localeIndex = chain.indexOf(entry.locale);
        ranks.set(entry, lexiconIndex * 1000 + localeIndex * 10 + specificity(entry));
      }
    }
  }
  return new CompiledMatcher(locale, ranks);
}

/** Whether a matcher for the locale looks for the entry. */
export function isInUse({ enabled, locale }: LexiconEntry, spokenLocale: string): boolean {
  return enabled && localeChain(spokenLocale).includes(locale);
}

/** 0 is the most specific. */
function specificity({ caseSensitive, wholeWord }: LexiconEntry): number {
  return (caseSensitive ? 0 : 2) + (wholeWord ? 0 : 1);
}

class CompiledMatcher implements Matcher {
  readonly locale: string;
  readonly entryCount: number;
  readonly #ranks: ReadonlyMap<LexiconEntry, number>;
  readonly #groups: readonly MatchGroup[];

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
      return findInGroup(group, foldedText, { text, locale: this.locale });
    });
    found.sort((a, b) => a.start - b.start || b.end - a.end);
    return this.#withoutOverlaps(found);
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
