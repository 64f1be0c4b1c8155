import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import { billedCharacters, countCodePoints } from "../../domain/speech/billed-characters.ts";
import {
  MAX_SSML_BYTES,
  type PartLimits,
  SERVICE_PART_LIMITS,
} from "../../domain/speech/parts/part-limits.ts";
import { splitSpeech } from "../../domain/speech/parts/split-speech.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import { hasSpeech } from "../../domain/speech/spoken-text.ts";
import { serializeSsml } from "../../domain/speech/ssml/serialize-ssml.ts";
import { speakDocument } from "../../domain/speech/ssml/speak-document.ts";
import { ssmlInvalid } from "../../domain/speech/ssml/ssml-issue.ts";
import type { SsmlNode } from "../../domain/speech/ssml/ssml-tree.ts";
import { passageOf } from "../../domain/speech/timings/passage.ts";
import type { SpeechTarget } from "../ports/speech-synthesizer.ts";
import type { SsmlParser } from "../ports/ssml-parser.ts";
import type { ResolvedVoice, VoiceResolver } from "../ports/voice-resolver.ts";
import { composeSpeech } from "./compose-speech.ts";
import type { PreparedSynthesis, SynthesisPart } from "./prepared-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";

export interface PrepareSynthesisParts {
  readonly voices: VoiceResolver;
  readonly parser: SsmlParser;
  /** In Unicode code points. */
  readonly maxTextCharacters: number;
  /** Default: those of Azure Speech. */
  readonly partLimits?: PartLimits;
}

/** Decides everything that can be decided without the speech service. */
export type PrepareSynthesis = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<PreparedSynthesis>;

/**
 * @throws {@link ServiceError} `text-too-long`, `nothing-to-speak`, `ssml-invalid`, `format-unsupported`, and what
 * {@link VoiceResolver.resolve} throws.
 */
export function makePrepareSynthesis(parts: PrepareSynthesisParts): PrepareSynthesis {
  const limits = parts.partLimits ?? SERVICE_PART_LIMITS;
  return async (principal, request, signal) => {
    const format = resolveAudioFormat(request.format);
    const characters = checkedLength(request.content, parts.maxTextCharacters);
    const composed = await composeSpeech(
      { principal, request, signal },
      { ...parts, resolver: parts.voices },
    );
    const { voice } = composed.voices[0];
    const locale = request.locale ?? voice.locale;
    const spoken = composed.voices.map(({ element }) => element);
    const synthesisParts = splitSpeech(spoken, limits, locale).map((nodes) => partOf(nodes, locale));
    assertSpeech(synthesisParts, request.content.kind);
    assertStrict(request, composed.warnings);
    return {
      voice,
      format,
      target: targetOf(voice),
      principalId: principal.id,
      locale,
      parts: synthesisParts,
      timings: request.timings,
      characters,
      billedCharacters: synthesisParts.reduce((sum, { ssml }) => sum + billedCharacters(ssml), 0),
      warnings: composed.warnings,
    };
  };
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

function partOf(voices: readonly SsmlNode[], locale: string): SynthesisPart {
  const ssml = serializeSsml(speakDocument(locale, voices));
  if (Buffer.byteLength(ssml) > MAX_SSML_BYTES) {
    const message = "One sentence with its markup is larger than 64 KB and cannot be divided.";
    throw ssmlInvalid([{ position: undefined, message }]);
  }
  return { ssml, passage: passageOf(voices) };
}

function assertSpeech(parts: readonly SynthesisPart[], field: string): void {
  if (!parts.some(({ passage }) => passage.segments.some(({ spoken }) => hasSpeech(spoken)))) {
    const message = "holds nothing that can be spoken";
    throw new ServiceError("nothing-to-speak", `The ${field} ${message}.`, { errors: [{ field, message }] });
  }
}

function assertStrict({ strict, content }: SpeakRequest, warnings: readonly SpeechWarning[]): void {
  if (strict && warnings.length > 0) {
    throw new ServiceError("ssml-invalid", "The voice does not obey everything that the request asks for.", {
      errors: warnings.map(({ message }) => ({ field: content.kind, message })),
      recovery: ["Leave out what `errors` names, choose another voice, or send strict: false."],
    });
  }
}

function targetOf({ deploymentId }: ResolvedVoice): SpeechTarget {
  return deploymentId === undefined ? { kind: "standard" } : { kind: "deployment", deploymentId };
}
