import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { VoiceRef } from "../application/voices/voice-ref.ts";
import { callActivity } from "./call-activity.ts";
import { removeFromAzure } from "./remove-from-azure.ts";

/** Waits for the voice's training to end, then removes the voice from Azure and from the stores. */
export const deleteVoiceOrchestration: OrchestrationHandler = function* deleteVoiceOrchestration(
  context: OrchestrationContext,
) {
  const ref = context.df.getInput<VoiceRef>();
  yield* removeFromAzure(context, { ...ref, scope: "everything" });
  yield* callActivity(context, "removeStoredVoice", ref);
  return { outcome: "deleted" };
};
