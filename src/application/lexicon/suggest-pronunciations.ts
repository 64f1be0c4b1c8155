import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { findHardWords, type Hardness } from "../../domain/lexicon/hard-words.ts";
import { readLexeme } from "../../domain/lexicon/lexeme-draft.ts";
import type { Lexeme } from "../../domain/lexicon/lexicon-entry.ts";
import type { PronunciationSuggester, ProposedPronunciation } from "../ports/pronunciation-suggester.ts";
import { DEFAULT_LEXICON } from "./lexicon-name.ts";
import type { PrepareLexicons } from "./prepare-lexicons.ts";

export interface SuggestRequest {
  readonly text: string;
  /** BCP 47. */
  readonly locale: string;
  /** Words that these lexicons know are left alone; undefined means `default`. */
  readonly lexicons: readonly string[] | undefined;
}

export interface Suggestion {
  readonly lexeme: Lexeme;
  readonly hardness: Hardness;
  readonly reason: string;
}

/** A proposal that no voice of the locale could speak. */
export interface RejectedSuggestion {
  readonly grapheme: string;
  readonly message: string;
}

export interface SuggestionReport {
  readonly suggestions: readonly Suggestion[];
  readonly rejected: readonly RejectedSuggestion[];
}

/**
 * Proposes pronunciations for words of a text that look hard to say. Nothing is stored.
 *
 * @throws {@link ServiceError} `not-configured` without a suggester, and what {@link PronunciationSuggester} throws.
 */
export type SuggestPronunciations = (
  principal: Principal,
  request: SuggestRequest,
  signal: AbortSignal,
) => Promise<SuggestionReport>;

const MAX_WORDS = 50;

export function makeSuggestPronunciations(
  prepareLexicons: PrepareLexicons,
  suggester: PronunciationSuggester | undefined,
): SuggestPronunciations {
  return async (principal, { text, locale, lexicons = [DEFAULT_LEXICON] }, signal) => {
    if (suggester === undefined) {
      throw new ServiceError(
        "not-configured",
        "Suggestions need AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_CHAT_DEPLOYMENT.",
      );
    }
    const { matcherFor } = await prepareLexicons(principal.id, lexicons, signal);
    const matcher = matcherFor(locale);
    const hard = new Map(
      findHardWords(text, MAX_WORDS)
        .filter(({ word }) => matcher.findAll(word).length === 0)
        .map(({ word, hardness }) => [word, hardness]),
    );
    const proposals = hard.size === 0 ? [] : await suggester.suggest([...hard.keys()], locale, signal);
    return sorted(proposals, hard, locale);
  };
}

function sorted(
  proposals: readonly ProposedPronunciation[],
  hard: ReadonlyMap<string, Hardness>,
  locale: string,
): SuggestionReport {
  const suggestions: Suggestion[] = [];
  const rejected: RejectedSuggestion[] = [];
  for (const { word, alias, ipa, reason } of proposals) {
    const hardness = hard.get(word);
    if (hardness === undefined) {
      continue;
    }
    // Where both are proposed, phones say more than a respelling.
    const spoken = ipa === undefined || ipa === "" ? { alias } : { phoneme: ipa };
    const reading = readLexeme({ grapheme: word, ...spoken, locale, caseSensitive: hardness !== "name" });
    if (reading.kind === "lexeme") {
      suggestions.push({ lexeme: reading.lexeme, hardness, reason });
    } else {
      const message = reading.problems.map(({ field, message: problem }) => `${field} ${problem}`).join("; ");
      rejected.push({ grapheme: word, message });
    }
  }
  return { suggestions, rejected };
}
