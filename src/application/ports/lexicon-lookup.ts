import type { Principal } from "../../domain/access/principal.ts";
import type { Matcher } from "../../domain/lexicon/matcher.ts";

/** Lexicons as they were at one moment. */
export interface OpenLexicons {
  /**
   * @param locale BCP 47, of the voice that will speak.
   * @returns undefined when nothing applies.
   */
  matcherFor(locale: string): Matcher | undefined;
}

/** Finds the pronunciations that hold for a synthesis. */
export interface LexiconLookup {
  /**
   * @param lexicons names of the principal's lexicons, the one to prefer first; undefined means those that always apply, an
   * empty list none.
   * @throws {@link ServiceError} when a lexicon that was named does not exist.
   */
  open(
    principal: Principal,
    lexicons: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<OpenLexicons>;
}
