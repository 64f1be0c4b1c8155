import { espeakLanguage } from "../catalog/espeak-language.ts";
import type { SpeechState } from "../speech-state.ts";
import { checkFamily } from "../ssml/check-family.ts";
import { elementsIn, voiceElements } from "../ssml/ssml-element.ts";
import type { SsmlElement } from "../ssml/ssml-element.ts";
import { SsmlError } from "../ssml/ssml-error.ts";
import { chooseVoice } from "./choose-voice.ts";
import type { ChosenVoice } from "./choose-voice.ts";
import type { SpeechPlan } from "./speech-plan.ts";

export interface PlanSurroundings {
  readonly state: SpeechState;
  readonly deploymentId: string | undefined;
}

interface ParsedDocument {
  readonly ssml: string;
  readonly speak: SsmlElement;
}

/**
 * Finds the voices of a checked document.
 *
 * @throws {@link SsmlError} for a voice that does not exist, or cannot speak what it is given.
 */
export function planSsml({ ssml, speak }: ParsedDocument, surroundings: PlanSurroundings): SpeechPlan {
  const locale = speak.attributes.get("xml:lang") ?? "";
  const voices = voiceElements(speak).map((element) => {
    const voice = chooseVoice(element, { ...surroundings, locale });
    checkFamily(element, voice);
    checkLanguages(element, voice);
    return voice;
  });
  return { ssml, voices };
}

function checkLanguages(voiceElement: SsmlElement, voice: ChosenVoice): void {
  const others = voice.isMultilingual ? elementsIn(voiceElement).filter(({ name }) => name === "lang") : [];
  const locales = [voice.locale, ...others.map(({ attributes }) => attributes.get("xml:lang") ?? "")];
  const unknown = locales.find((locale) => espeakLanguage(locale) === undefined);
  if (unknown !== undefined) {
    throw new SsmlError(`Unsupported language ${unknown}.`);
  }
}
