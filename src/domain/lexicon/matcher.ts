import type { LexiconEntry } from "./lexicon-entry.ts";
import { localeChain } from "./locale.ts";
import { EntryFinder, type Match } from "./entry-finder.ts";

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
  const rankOf = (entry: LexiconEntry): number => ranks.get(entry) ?? 0;
  return new CompiledMatcher(
    locale,
    [...ranks.keys()].toSorted((a, b) => rankOf(a) - rankOf(b)),
  );
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
  readonly #finder: EntryFinder;

  constructor(locale: string, entries: readonly LexiconEntry[]) {
    this.locale = locale;
    this.entryCount = entries.length;
    this.#finder = new EntryFinder(entries, locale);
  }

  findAll(text: string): readonly Match[] {
    const matches: Match[] = [];
    let end = 0;
    for (const match of this.#finder.findBackwards(text).toReversed()) {
      if (match.start >= end) {
        matches.push(match);
        end = match.end;
      }
    }
    return matches;
  }
}
