import { checkSsml } from "../ssml/check-ssml.ts";
import { parseSsml } from "../ssml/parse-ssml.ts";
import { planSsml } from "./plan-ssml.ts";
import type { PlanSurroundings } from "./plan-ssml.ts";
import type { SpeechPlan } from "./speech-plan.ts";

/**
 * Reads and checks SSML, and plans how it is spoken.
 *
 * @throws SsmlError when the service would refuse it.
 */
export function compileSpeech(ssml: string, surroundings: PlanSurroundings): SpeechPlan {
  const speak = parseSsml(ssml);
  checkSsml(speak);
  return planSsml(speak, surroundings);
}
