import { checkSsml } from "../ssml/check-ssml.ts";
import { parseSsml } from "../ssml/parse-ssml.ts";
import { elementsIn } from "../ssml/ssml-element.ts";
import { planSsml } from "./plan-ssml.ts";
import type { PlanSurroundings } from "./plan-ssml.ts";
import type { SpeechPlan } from "./speech-plan.ts";

export interface CompiledSpeech {
  readonly plan: SpeechPlan;
  /** Of the first voice. */
  readonly voiceName: string;
}

/**
 * Reads and checks SSML, and plans how it is spoken.
 *
 * @throws SsmlError when the service would refuse it.
 */
export function compileSpeech(ssml: string, surroundings: PlanSurroundings): CompiledSpeech {
  const speak = parseSsml(ssml);
  checkSsml(speak);
  const [voice] = elementsIn(speak).filter(({ name }) => name === "voice");
  return { plan: planSsml(speak, surroundings), voiceName: voice?.attributes.get("name") ?? "" };
}
