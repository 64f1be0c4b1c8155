import type { LexiconLookup, OpenLexicons } from "../ports/lexicon-lookup.ts";

/**
 * Opens each set of lexicons once and keeps it as it was then: for work whose parts all begin at one moment.
 *
 * @throws what {@link LexiconLookup.open} throws; a failure is not kept.
 */
export function pinnedLookup(lookup: LexiconLookup): LexiconLookup {
  const opened = new Map<string, Promise<OpenLexicons>>();
  return {
    open(principal, lexicons, signal) {
      const key = JSON.stringify([principal.id, lexicons]);
      const known = opened.get(key);
      if (known !== undefined) {
        return known;
      }
      const opening = lookup.open(principal, lexicons, signal);
      opening.catch(() => opened.delete(key));
      opened.set(key, opening);
      return opening;
    },
  };
}
