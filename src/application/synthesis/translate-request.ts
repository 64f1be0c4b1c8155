import { ServiceError } from "../../domain/errors/service-error.ts";
import { isSameLanguage, knownLocale } from "../../domain/speech/known-locale.ts";
import type { OpenLexicons } from "../ports/lexicon-lookup.ts";
import type { TextTranslator } from "../ports/text-translator.ts";
import type { ResolvedVoice } from "../ports/voice-resolver.ts";
import { protectedTerms } from "../translations/protected-terms.ts";
import type { SpokenTranslation } from "./prepared-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";

export interface TranslatedRequest {
  /** What is spoken. */
  readonly request: SpeakRequest;
  readonly translation: SpokenTranslation | undefined;
  readonly billedCharacters: number;
}

/** What is known before a text is translated. */
export interface TranslationScene {
  readonly voice: ResolvedVoice;
  readonly lexicons: Promise<OpenLexicons>;
}

export type TranslateRequest = (
  request: SpeakRequest,
  scene: TranslationScene,
  signal: AbortSignal,
) => Promise<TranslatedRequest>;

/**
 * Translates the text of a request that asks for it. Words of the principal's lexicons stay as they are, so that their
 * pronunciations still hold.
 *
 * @param translator undefined where translation is not configured.
 * @throws {@link ServiceError} `not-configured`, `request-invalid` for SSML, and what {@link TextTranslator} throws.
 */
export function makeTranslateRequest(translator: TextTranslator | undefined): TranslateRequest {
  return async (request, { voice, lexicons }, signal) => {
    const { translation: wish, content } = request;
    if (wish === undefined) {
      return { request, translation: undefined, billedCharacters: 0 };
    }
    assertText(request);
    if (translator === undefined) {
      throw new ServiceError("not-configured", "Translation needs the setting AZURE_TRANSLATOR_ENDPOINT.");
    }
    const locale = request.locale ?? spokenLocaleOf(wish.to, voice);
    const matcher = (await lexicons).matcherFor(locale);
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
      request: { ...request, content: { kind: "text", value: text }, locale },
      translation: { from, to, text },
      billedCharacters,
    };
  };
}

/** Translator names languages, voices and lexicons have regions too: those of the voice count. */
function spokenLocaleOf(language: string, { locale, locales = [] }: ResolvedVoice): string {
  return isSameLanguage(language, locale) ? locale : (knownLocale(language, locales) ?? language);
}

function assertText({ content }: SpeakRequest): void {
  if (content.kind === "ssml") {
    const message = "works with text, not with ssml";
    throw new ServiceError("request-invalid", `Translation ${message}.`, {
      errors: [{ field: "translate", message }],
    });
  }
}
