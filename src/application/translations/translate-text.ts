import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { countCodePoints } from "../../domain/speech/billed-characters.ts";
import { type CostEstimate, estimateCost, type PriceTable } from "../../domain/speech/price-table.ts";
import type { LexiconLookup } from "../ports/lexicon-lookup.ts";
import type { TextTranslator, Translation } from "../ports/text-translator.ts";
import { protectedTerms } from "./protected-terms.ts";

export interface TranslateTextRequest {
  readonly texts: readonly string[];
  readonly from: string | undefined;
  readonly to: string;
  /** Names of lexicons whose words stay as they are; undefined means those that always apply. */
  readonly lexicons: readonly string[] | undefined;
}

export interface TranslatedTexts {
  readonly translations: readonly Translation[];
  readonly cost: CostEstimate | undefined;
}

/**
 * Translates texts; words of the principal's lexicons stay as they are.
 *
 * @throws {@link ServiceError} `not-configured`, `text-too-long`, and what {@link TextTranslator} throws.
 */
export type TranslateText = (
  principal: Principal,
  request: TranslateTextRequest,
  signal: AbortSignal,
) => Promise<TranslatedTexts>;

export interface TranslateTextParts {
  /** Undefined where translation is not configured. */
  readonly translator: TextTranslator | undefined;
  readonly lookup: LexiconLookup;
  readonly prices: PriceTable;
  /** Of all texts together, in Unicode code points. */
  readonly maxTextCharacters: number;
}

export function makeTranslateText(parts: TranslateTextParts): TranslateText {
  return async (principal, { texts, from, to, lexicons }, signal) => {
    const translator = configured(parts.translator);
    assertLength(texts, parts.maxTextCharacters);
    const matcher = (await parts.lookup.open(principal, lexicons, signal)).matcherFor(to);
    const keep = matcher === undefined ? [] : texts.flatMap((text) => protectedTerms(text, matcher));
    const translations = await translator.translate({ texts, from, to, keep: [...new Set(keep)] }, signal);
    const billed = translations.reduce((sum, { billedCharacters }) => sum + billedCharacters, 0);
    return { translations, cost: estimateCost({ translation: billed }, parts.prices) };
  };
}

/** @throws {@link ServiceError} `not-configured`. */
export function configured(translator: TextTranslator | undefined): TextTranslator {
  if (translator === undefined) {
    throw new ServiceError("not-configured", "Translation needs the setting AZURE_TRANSLATOR_ENDPOINT.");
  }
  return translator;
}

function assertLength(texts: readonly string[], limit: number): void {
  const actual = texts.reduce((sum, text) => sum + countCodePoints(text), 0);
  if (actual > limit) {
    const message = `The texts have ${actual} characters; at most ${limit} are allowed.`;
    throw new ServiceError("text-too-long", message, {
      details: { limit, actual },
      errors: [{ field: "texts", message }],
    });
  }
}
