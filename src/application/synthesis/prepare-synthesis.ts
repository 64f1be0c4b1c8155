import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { resolveAudioFormat } from "../../domain/speech/audio/audio-format.ts";
import { billedCharacters, countCodePoints } from "../../domain/speech/billed-characters.ts";
import { hasSpeech, speakableText } from "../../domain/speech/spoken-text.ts";
import { serializeSsml } from "../../domain/speech/ssml/serialize-ssml.ts";
import { linearSource } from "../../domain/speech/ssml/source-map.ts";
import {
  speakDocument,
  styledContent,
  styleOver,
  voiceElement,
} from "../../domain/speech/ssml/speak-document.ts";
import type { SsmlNode } from "../../domain/speech/ssml/ssml-tree.ts";
import type { SpeechTarget } from "../ports/speech-synthesizer.ts";
import type { ResolvedVoice, VoiceResolver } from "../ports/voice-resolver.ts";
import type { PreparedSynthesis } from "./prepared-synthesis.ts";
import type { SpeakRequest } from "./speak-request.ts";

export interface PrepareSynthesisParts {
  readonly voices: VoiceResolver;
  /** In Unicode code points. */
  readonly maxTextCharacters: number;
}

/** Decides everything that can be decided without the speech service. */
export type PrepareSynthesis = (
  principal: Principal,
  request: SpeakRequest,
  signal: AbortSignal,
) => Promise<PreparedSynthesis>;

/**
 * @throws {@link ServiceError} `text-too-long`, `nothing-to-speak`, `format-unsupported`, and what
 * {@link VoiceResolver.resolve} throws.
 */
export function makePrepareSynthesis(parts: PrepareSynthesisParts): PrepareSynthesis {
  return async (principal, request, signal) => {
    const format = resolveAudioFormat(request.format);
    const characters = checkedLength(request.content.value, parts.maxTextCharacters);
    const voice = await parts.voices.resolve(principal, voiceOf(request), signal);
    const ssml = serializeSsml(documentOf(request, voice));
    return {
      voice,
      format,
      target: targetOf(voice),
      parts: [{ ssml }],
      characters,
      billedCharacters: billedCharacters(ssml),
    };
  };
}

function checkedLength(text: string, limit: number): number {
  const actual = countCodePoints(text);
  if (actual > limit) {
    const message = `The text has ${actual} characters; at most ${limit} are allowed.`;
    throw new ServiceError("text-too-long", message, {
      details: { limit, actual },
      errors: [{ field: "text", message }],
    });
  }
  if (!hasSpeech(text)) {
    const message = "holds nothing that can be spoken";
    throw new ServiceError("nothing-to-speak", `The text ${message}.`, {
      errors: [{ field: "text", message }],
    });
  }
  return actual;
}

function voiceOf({ voice }: SpeakRequest) {
  if (voice === undefined) {
    throw new ServiceError("request-invalid", "The request names no voice.", {
      errors: [{ field: "voiceId", message: "Send voiceId (an own voice) or voice (a catalog name)." }],
    });
  }
  return voice;
}

function documentOf(request: SpeakRequest, voice: ResolvedVoice): SsmlNode {
  const text: SsmlNode = {
    kind: "text",
    text: speakableText(request.content.value),
    source: linearSource(0),
  };
  const style = styleOver(voice.defaults, request.style);
  return speakDocument(request.locale ?? voice.locale, [voiceElement(voice, styledContent(style, [text]))]);
}

function targetOf({ deploymentId }: ResolvedVoice): SpeechTarget {
  return deploymentId === undefined ? { kind: "standard" } : { kind: "deployment", deploymentId };
}
