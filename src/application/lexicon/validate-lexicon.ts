import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { serializeSsml } from "../../domain/speech/ssml/serialize-ssml.ts";
import { voiceFeaturesOf } from "../../domain/speech/voice-family.ts";
import type { SsmlParser } from "../ports/ssml-parser.ts";
import type { ResolvedVoice, VoiceReference, VoiceResolver } from "../ports/voice-resolver.ts";
import { type ExplainedMatch, explainTexts } from "./explain-texts.ts";
import { DEFAULT_LEXICON } from "./lexicon-name.ts";
import type { PrepareLexicons } from "./prepare-lexicons.ts";
import { pronouncedDocument, readDocument, textsOf } from "./validated-document.ts";

export interface ValidateRequest {
  readonly content: { readonly kind: "text" | "ssml"; readonly value: string };
  /** BCP 47; default: the voice's own. */
  readonly locale: string | undefined;
  /** The one to prefer first; undefined means `default`. */
  readonly lexicons: readonly string[] | undefined;
  /** Whose limits count; default: a voice that obeys every alphabet. */
  readonly voice: VoiceReference | undefined;
}

export interface ValidationReport {
  readonly locale: string;
  readonly revisionKey: string;
  readonly matches: readonly ExplainedMatch[];
  /** The document with the pronunciations written in. */
  readonly ssml: string;
}

/**
 * @throws {@link ServiceError} `text-too-long`, `ssml-invalid`, `request-invalid` without a locale, `lexicon-not-found`,
 * and what {@link VoiceResolver.resolve} throws.
 */
export type ValidateLexicon = (
  principal: Principal,
  request: ValidateRequest,
  signal: AbortSignal,
) => Promise<ValidationReport>;

export interface ValidateParts {
  readonly prepareLexicons: PrepareLexicons;
  readonly voices: VoiceResolver;
  readonly parser: SsmlParser;
  /** In UTF-16 code units. */
  readonly maxTextCharacters: number;
}

export function makeValidateLexicon(parts: ValidateParts): ValidateLexicon {
  return async (principal, request, signal) => {
    checkLength(request.content.value, parts.maxTextCharacters);
    const voice = request.voice && (await parts.voices.resolve(principal, request.voice, signal));
    const locale = localeOf(request, voice);
    const lexicons = await parts.prepareLexicons(principal.id, request.lexicons ?? [DEFAULT_LEXICON], signal);
    const family = voice?.family ?? "neural";
    const root = readDocument(request.content, locale, parts.parser);
    const scene = { lexicons, locale, alphabets: new Set(voiceFeaturesOf(family).alphabets) };
    return {
      locale,
      revisionKey: lexicons.revisionKey,
      matches: explainTexts(textsOf(root), scene),
      ssml: serializeSsml(pronouncedDocument(root, { matcher: lexicons.matcherFor(locale), family, voice })),
    };
  };
}

function localeOf({ locale }: ValidateRequest, voice: ResolvedVoice | undefined): string {
  const found = locale ?? voice?.locale;
  if (found === undefined) {
    const message = "Send locale, or a voice that has one.";
    throw new ServiceError("request-invalid", message, { errors: [{ field: "locale", message }] });
  }
  return found;
}

function checkLength(text: string, limit: number): void {
  if (text.length > limit) {
    const message = `The text has ${text.length} characters; at most ${limit} are allowed.`;
    throw new ServiceError("text-too-long", message, { details: { limit, actual: text.length } });
  }
}
