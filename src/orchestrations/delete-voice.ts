import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { VoiceRef } from "../application/voices/voice-ref.ts";
import { callActivity } from "./call-activity.ts";

/** How long a canceled training may take to clean up behind itself before it is ended. */
const TRAINING_END_LOOKS = 30;
const LOOK_INTERVAL_MS = 2_000;

/** Waits for the voice's training to end, then removes the voice from Azure and from the stores. */
export const deleteVoiceOrchestration: OrchestrationHandler = function* deleteVoiceOrchestration(
  context: OrchestrationContext,
) {
  const ref = context.df.getInput<VoiceRef>();
  for (let look = 1; look <= TRAINING_END_LOOKS; look += 1) {
    const { hasEnded } = yield* callActivity(context, "voiceTrainingHasEnded", ref);
    if (hasEnded) {
      break;
    }
    if (look === TRAINING_END_LOOKS) {
      yield* callActivity(context, "terminateVoiceTraining", ref);
    }
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + LOOK_INTERVAL_MS));
  }
  yield* callActivity(context, "removeAzureVoice", ref);
  yield* callActivity(context, "removeStoredVoice", ref);
  return { outcome: "deleted" };
};
