import type { LexiconLookup } from "../ports/lexicon-lookup.ts";
import { DEFAULT_LEXICON } from "./lexicon-name.ts";
import type { PrepareLexicons } from "./prepare-lexicons.ts";

/** Where nothing is said, the lexicon `default` applies. */
export function makeLexiconLookup(prepareLexicons: PrepareLexicons): LexiconLookup {
  return {
    async open(principal, lexicons = [DEFAULT_LEXICON], signal) {
      const prepared = await prepareLexicons(principal.id, lexicons, signal);
      return {
        matcherFor(locale) {
          const matcher = prepared.matcherFor(locale);
          return matcher.entryCount === 0 ? undefined : matcher;
        },
      };
    },
  };
}
