import type { LexiconLookup } from "../ports/lexicon-lookup.ts";
import { DEFAULT_LEXICON } from "./lexicon-name.ts";
import type { PrepareLexicons } from "./prepare-lexicons.ts";

/** Where nothing is said, the lexicon `default` applies. */
export function makeLexiconLookup(prepareLexicons: PrepareLexicons): LexiconLookup {
  return {
    async matcherFor(principal, { lexicons = [DEFAULT_LEXICON], locale }, signal) {
      const prepared = await prepareLexicons(principal.id, lexicons, signal);
      const matcher = prepared.matcherFor(locale);
      return matcher.entryCount === 0 ? undefined : matcher;
    },
  };
}
