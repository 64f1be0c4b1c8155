import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { VoiceRef } from "../application/voices/voice-ref.ts";
import type { AzureLeftovers } from "../domain/voice/voice.ts";
import { callActivity } from "./call-activity.ts";

/** How long a canceled training may take to clean up behind itself before it is ended. */
const TRAINING_END_LOOKS = 30;
const LOOK_INTERVAL_MS = 2_000;

/** Removes what could not be removed when the voice's training ended; reconciling starts it until it succeeds. */
export const cleanVoiceOrchestration: OrchestrationHandler = function* cleanVoiceOrchestration(
  context: OrchestrationContext,
) {
  const { voiceId, ownerId, scope } = context.df.getInput<VoiceRef & { readonly scope: AzureLeftovers }>();
  yield* removeFromAzure(context, { voiceId, ownerId, scope });
  return { outcome: "removed" };
};

/** Waits for the voice's training to end, so that nothing is made any more, and removes what it has made. */
export function* removeFromAzure(
  context: OrchestrationContext,
  { scope, ...ref }: VoiceRef & { readonly scope: AzureLeftovers },
) {
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
  yield* callActivity(context, "removeAzureVoice", { ...ref, scope });
}
