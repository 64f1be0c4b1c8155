import { checkSsml } from "../ssml/check-ssml.ts";
import { parseSsml } from "../ssml/parse-ssml.ts";
import { planSsml } from "./plan-ssml.ts";
import type { PlanSurroundings } from "./plan-ssml.ts";
import type { SpeechPlan } from "./speech-plan.ts";

export interface CompiledSpeech {
  readonly plan: SpeechPlan;
  /** Of the first voice. */
  readonly voiceName: string;
}

/**
 * Reads and checks SSML, and finds its voices.
 *
 * @throws SsmlError when the service would refuse it.
 */
export function compileSpeech(ssml: string, surroundings: PlanSurroundings): CompiledSpeech {
  const speak = parseSsml(ssml);
  checkSsml(speak);
  const plan = planSsml({ ssml, speak }, surroundings);
  return { plan, voiceName: plan.voices[0]?.name ?? "" };
}
