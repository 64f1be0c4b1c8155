import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { LexiconLookup } from "../ports/lexicon-lookup.ts";
import type { TextTranslator } from "../ports/text-translator.ts";
import { protectedTerms } from "../translations/protected-terms.ts";
import type { SpokenTranslation } from "./prepared-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";

export interface TranslatedRequest {
  /** What is spoken. */
  readonly request: SpeakRequest;
  readonly translation: SpokenTranslation | undefined;
  readonly billedCharacters: number;
}

export type TranslateRequest = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<TranslatedRequest>;

/**
 * Translates the text of a request that asks for it. Words of the principal's lexicons stay as they are, so that their
 * pronunciations still hold.
 *
 * @param translator undefined where translation is not configured.
 * @throws {@link ServiceError} `not-configured`, `request-invalid` for SSML, and what {@link TextTranslator} throws.
 */
export function makeTranslateRequest(
  translator: TextTranslator | undefined,
  lookup: LexiconLookup,
): TranslateRequest {
  return async (principal, request, signal) => {
    const { translation: wish, content, lexicons } = request;
    if (wish === undefined) {
      return { request, translation: undefined, billedCharacters: 0 };
    }
    assertText(request);
    if (translator === undefined) {
      throw new ServiceError("not-configured", "Translation needs the setting AZURE_TRANSLATOR_ENDPOINT.");
    }
    const matcher = (await lookup.open(principal, lexicons, signal)).matcherFor(wish.to);
    const keep = matcher === undefined ? [] : protectedTerms(content.value, matcher);
    const [translated] = await translator.translate(
      { texts: [content.value], from: wish.from, to: wish.to, keep },
      signal,
    );
    if (translated === undefined) {
      throw new ServiceError("translation-unavailable", "The translation service answers without a text.");
    }
    const { text, from, to, billedCharacters } = translated;
    return {
      request: { ...request, content: { kind: "text", value: text }, locale: request.locale ?? wish.to },
      translation: { from, to, text },
      billedCharacters,
    };
  };
}

function assertText({ content }: SpeakRequest): void {
  if (content.kind === "ssml") {
    const message = "works with text, not with ssml";
    throw new ServiceError("request-invalid", `Translation ${message}.`, {
      errors: [{ field: "translate", message }],
    });
  }
}
