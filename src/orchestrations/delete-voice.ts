import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { Refusal } from "../application/ports/activities.ts";
import type { VoiceRef } from "../application/voices/voice-ref.ts";
import { ActivityRefused, callActivity } from "./call-activity.ts";
import { removeFromAzure } from "./remove-from-azure.ts";

/**
 * Waits for the voice's training to end, then removes the voice from Azure and from the stores. A removal that fails says
 * so in the voice; reconciling starts it again until it succeeds.
 */
export const deleteVoiceOrchestration: OrchestrationHandler = function* deleteVoiceOrchestration(
  context: OrchestrationContext,
) {
  const ref = context.df.getInput<VoiceRef>();
  try {
    yield* removeFromAzure(context, { ...ref, scope: "everything" });
    yield* callActivity(context, "removeStoredVoice", ref);
  } catch (error) {
    yield* callActivity(context, "noteFailedDeletion", { ...ref, failure: failureOf(error) });
    throw error;
  }
  return { outcome: "deleted" };
};

const AGAIN = "The removal is repeated every five minutes; DELETE /api/v1/voices/{id} repeats it now.";

function failureOf(error: unknown): Refusal["refused"] {
  if (error instanceof ActivityRefused) {
    const { code, message, recovery } = error.refusal;
    return { code, message: `The voice could not be removed: ${message}`, recovery: [...recovery, AGAIN] };
  }
  const message = "The voice could not be removed: the custom voice service or a store kept failing.";
  return { code: "custom-voice-unavailable", message, recovery: [AGAIN] };
}
