import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type AudioFormat, resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import { billedCharacters, countCodePoints } from "../../domain/speech/billed-characters.ts";
import {
  OPENAI_PART_LIMITS,
  type PartLimits,
  SERVICE_PART_LIMITS,
} from "../../domain/speech/parts/part-limits.ts";
import { estimateCost, type PriceMeter, type PriceTable } from "../../domain/speech/price-table.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { LexiconLookup } from "../ports/lexicon-lookup.ts";
import type { SsmlParser } from "../ports/ssml-parser.ts";
import type { ResolvedVoice, VoiceResolver } from "../ports/voice-resolver.ts";
import { castSpeech, composeSpeech } from "./compose-speech.ts";
import { assertInstructable } from "./openai-wishes.ts";
import type { PreparedSynthesis, SynthesisPart } from "./prepared-synthesis.ts";
import { pronounceSpeech } from "./pronounce-speech.ts";
import type { SpeakRequest } from "./speak-request.ts";
import { splitIntoParts } from "./split-into-parts.ts";
import type { TranslatedRequest, TranslateRequest } from "./translate-request.ts";

export interface PrepareSynthesisParts {
  readonly voices: VoiceResolver;
  readonly parser: SsmlParser;
  readonly lookup: LexiconLookup;
  readonly translateRequest: TranslateRequest;
  readonly prices: PriceTable;
  /** In Unicode code points. */
  readonly maxTextCharacters: number;
  /** Default: those of the service that speaks. */
  readonly partLimits?: PartLimits;
}

/** Decides everything that can be decided without the speech service. */
export type PrepareSynthesis = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<PreparedSynthesis>;

/** Formats that OpenAI speaks, by the codec and rate that it makes them in. */
const OPENAI_CODECS = ["mp3", "pcm", "opus"];
const OPENAI_RATE_HZ = 24_000;

/**
 * @throws {@link ServiceError} `text-too-long`, `nothing-to-speak`, `ssml-invalid`, `format-unsupported`,
 * `request-invalid`, `voice-use-not-permitted`, and what {@link VoiceResolver.resolve}, {@link LexiconLookup.open} and {@link TranslateRequest} throw.
 */
export function makePrepareSynthesis(parts: PrepareSynthesisParts): PrepareSynthesis {
  return async (principal, request, signal) => {
    const format = resolveAudioFormat(request.format);
    const characters = checkedLength(request.content, parts.maxTextCharacters);
    const lexicons = inBackground(parts.lookup.open(principal, request.lexicons, signal));
    const cast = await castSpeech(
      { principal, request, signal },
      { parser: parts.parser, resolver: parts.voices },
    );
    const { voice } = cast.passages[0];
    assertFormat(voice, format);
    assertInstructable(voice, request);
    const translated = await parts.translateRequest(request, { voice, lexicons }, signal);
    const composed = composeSpeech(cast, translated.request);
    const spoken = translated.request;
    const pronounced = pronounceSpeech(composed.voices, await lexicons, spoken.locale);
    const locale = spoken.locale ?? voice.locale;
    const limits = parts.partLimits ?? limitsOf(voice);
    const synthesisParts = splitIntoParts(pronounced.voices, { limits, locale, field: request.content.kind });
    const warnings = [...composed.warnings, ...pronounced.warnings];
    assertStrict(request, warnings);
    return {
      ownerId: principal.id,
      request,
      voice,
      families: composed.voices.map(({ voice: each }) => each.family),
      voiceVersions: composed.voices.map(({ voice: each }) => each.version),
      format,
      locale,
      parts: synthesisParts,
      characters,
      ...billed(synthesisParts, { voice, translated, prices: parts.prices }),
      translation: translated.translation,
      pronunciations: pronounced.pronunciations,
      warnings,
    };
  };
}

/** Work whose failure is told where it is waited for, also when that never happens. */
function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

function checkedLength({ kind, value }: SpeakRequest["content"], limit: number): number {
  const actual = countCodePoints(value);
  if (actual > limit) {
    const message = `The text has ${actual} characters; at most ${limit} are allowed.`;
    throw new ServiceError("text-too-long", message, {
      details: { limit, actual },
      errors: [{ field: kind, message }],
    });
  }
  return actual;
}

function limitsOf({ kind }: ResolvedVoice): PartLimits {
  return kind === "openai" ? OPENAI_PART_LIMITS : SERVICE_PART_LIMITS;
}

function assertFormat({ kind }: ResolvedVoice, { codec, sampleRateHz, layout }: AudioFormat): void {
  const isOffered = OPENAI_CODECS.includes(codec) && sampleRateHz === OPENAI_RATE_HZ && layout !== "webm";
  if (kind === "openai" && !isOffered) {
    const message = "OpenAI voices speak mp3, wav, pcm and ogg-opus at 24000 Hz.";
    throw new ServiceError("format-unsupported", message, { errors: [{ field: "format", message }] });
  }
}

function assertStrict({ strict, content }: SpeakRequest, warnings: readonly SpeechWarning[]): void {
  if (strict && warnings.length > 0) {
    throw new ServiceError("ssml-invalid", "The voice does not obey everything that the request asks for.", {
      errors: warnings.map(({ message, field = content.kind }) => ({ field, message })),
      recovery: ["Leave out what `errors` names, choose another voice, or send strict: false."],
    });
  }
}

function billed(
  parts: readonly SynthesisPart[],
  {
    voice,
    translated,
    prices,
  }: {
    readonly voice: ResolvedVoice;
    readonly translated: TranslatedRequest;
    readonly prices: PriceTable;
  },
) {
  const count = parts.reduce((sum, { ssml }) => sum + billedCharacters(ssml), 0);
  const translation = translated.billedCharacters;
  return {
    billedCharacters: count,
    cost: estimateCost({ [meterOf(voice)]: count, translation }, prices),
    translationCost: estimateCost({ translation }, prices),
  };
}

function meterOf({ kind, family }: ResolvedVoice): PriceMeter {
  if (kind !== "prebuilt") {
    return kind;
  }
  return family === "hd" || family === "hd-omni" ? "prebuilt-hd" : "prebuilt";
}
