import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { TrainingInput } from "../application/voices/start-training.ts";
import { callActivity } from "./call-activity.ts";
import { Cancellation } from "./cancellation.ts";
import { hasSucceeded, poll } from "./poll.ts";

const MAX_SECONDS = 60;

/** Takes the endpoint deployment of a professional voice out of service: from then on it costs nothing. */
export const suspendVoiceOrchestration: OrchestrationHandler = function* suspendVoiceOrchestration(
  context: OrchestrationContext,
) {
  const { ref, pace } = inputOf(context);
  yield* callActivity(context, "suspendAzureEndpoint", ref);
  yield* poll(pace, new Cancellation(context), {
    look: () => callActivity(context, "azureSuspensionProgress", ref),
    isWanted: hasSucceeded,
  });
  yield* callActivity(context, "finishVoiceChange", { ...ref, status: "suspended" });
  return { outcome: "suspended" };
};

/** Brings the endpoint deployment of a suspended voice back. */
export const resumeVoiceOrchestration: OrchestrationHandler = function* resumeVoiceOrchestration(
  context: OrchestrationContext,
) {
  const { ref, pace } = inputOf(context);
  yield* callActivity(context, "resumeAzureEndpoint", ref);
  yield* poll(pace, new Cancellation(context), {
    look: () => callActivity(context, "azureEndpointProgress", ref),
    isWanted: hasSucceeded,
  });
  yield* callActivity(context, "finishVoiceChange", { ...ref, status: "ready" });
  return { outcome: "ready" };
};

function inputOf(context: OrchestrationContext) {
  const { voiceId, ownerId, pollIntervalSeconds } = context.df.getInput<TrainingInput>();
  return {
    ref: { voiceId, ownerId },
    pace: { firstSeconds: pollIntervalSeconds, maxSeconds: MAX_SECONDS },
  };
}
