import { baseModelFamily } from "../catalog/base-models.ts";
import type { VoiceFamily } from "../catalog/prebuilt-voice.ts";
import { findPrebuiltVoice } from "../catalog/prebuilt-voices.ts";
import type { SpeechState } from "../speech-state.ts";
import { elementsIn } from "../ssml/ssml-element.ts";
import type { SsmlElement } from "../ssml/ssml-element.ts";
import { SsmlError } from "../ssml/ssml-error.ts";
import { soundOfSpeaker } from "../voice/voice-sound.ts";
import type { VoiceSound } from "../voice/voice-sound.ts";

/** The voice that one `voice` element asks for. */
export interface ChosenVoice {
  readonly name: string;
  readonly family: VoiceFamily;
  readonly sound: VoiceSound;
  readonly locale: string;
  /** Whether `lang` can make it speak another language. */
  readonly isMultilingual: boolean;
  readonly styles: readonly string[];
  readonly roles: readonly string[];
}

/** Where a request goes and what is there. */
export interface VoiceSurroundings {
  readonly state: SpeechState;
  /** Of the endpoint in the request's URL; undefined reaches the voices that need none. */
  readonly deploymentId: string | undefined;
  /** `xml:lang` of the document. */
  readonly locale: string;
}

/** @throws {@link SsmlError} when the voice does not exist here, or is not ready to speak. */
export function chooseVoice(element: SsmlElement, surroundings: VoiceSurroundings): ChosenVoice {
  const name = element.attributes.get("name") ?? "";
  if (surroundings.deploymentId !== undefined) {
    return professionalVoice(name, surroundings.deploymentId, surroundings);
  }
  const family = baseModelFamily(name);
  if (family !== undefined) {
    return personalVoice(element, family, surroundings);
  }
  const voice = findPrebuiltVoice(name);
  if (voice === undefined) {
    throw unsupportedVoice(name);
  }
  if (embeddingsIn(element).length > 0) {
    throw new SsmlError(`The voice ${name} does not support mstts:ttsembedding.`);
  }
  return { ...voice, name };
}

function professionalVoice(
  name: string,
  deploymentId: string,
  { state, locale }: VoiceSurroundings,
): ChosenVoice {
  const endpoint = state.endpoint(deploymentId);
  const isRight = endpoint?.voiceName.toLowerCase() === name.toLowerCase();
  if (endpoint?.status !== "Succeeded" || endpoint.speaker === undefined || !isRight) {
    throw unsupportedVoice(name);
  }
  return customVoice(name, { family: "professional", sound: soundOfSpeaker(endpoint.speaker), locale });
}

function personalVoice(
  element: SsmlElement,
  family: "dragon" | "phoenix",
  { state, locale }: VoiceSurroundings,
): ChosenVoice {
  const name = element.attributes.get("name") ?? "";
  const [embedding, ...others] = embeddingsIn(element);
  if (embedding === undefined || others.length > 0) {
    throw new SsmlError(`The voice ${name} needs exactly one mstts:ttsembedding.`);
  }
  const speakerProfileId = embedding.attributes.get("speakerProfileId") ?? "";
  const profile = state.profile(speakerProfileId);
  if (profile?.status !== "Succeeded" || profile.speaker === undefined) {
    throw new SsmlError(`Invalid speaker profile id ${speakerProfileId}.`);
  }
  return customVoice(name, { family, sound: soundOfSpeaker(profile.speaker), locale });
}

function customVoice(name: string, voice: Pick<ChosenVoice, "family" | "sound" | "locale">): ChosenVoice {
  return { ...voice, name, isMultilingual: true, styles: [], roles: [] };
}

function embeddingsIn(element: SsmlElement): readonly SsmlElement[] {
  return elementsIn(element).filter(({ name }) => name === "mstts:ttsembedding");
}

function unsupportedVoice(name: string): SsmlError {
  return new SsmlError(`Unsupported voice ${name}.`);
}
