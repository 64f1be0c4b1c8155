import type { Principal } from "../../domain/access/principal.ts";
import type { Matcher } from "../../domain/lexicon/matcher.ts";

/** Finds the pronunciations that hold for a synthesis. */
export interface LexiconLookup {
  /**
   * @param query `lexicons`: names of the principal's lexicons, the one to prefer first; undefined means those that always
   * apply, an empty list none. `locale`: BCP 47, of the voice that will speak.
   * @returns undefined when nothing applies.
   * @throws {@link ServiceError} when a lexicon that was named does not exist.
   */
  matcherFor(
    principal: Principal,
    query: { readonly lexicons: readonly string[] | undefined; readonly locale: string },
    signal: AbortSignal,
  ): Promise<Matcher | undefined>;
}
