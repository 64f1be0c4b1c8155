import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { Admitted } from "../application/ports/activities.ts";
import type { VoiceChangeInput } from "../application/voices/change-training.ts";
import { ActivityRefused, callActivity } from "./call-activity.ts";
import { Cancellation } from "./cancellation.ts";
import { PatientCalls, voiceFailureOf } from "./patient-calls.ts";
import { hasSucceeded, poll } from "./poll.ts";

const MAX_SECONDS = 60;

/** Azure takes minutes; an endpoint that has not moved for so long will not. */
const MAX_WAIT_MS = 3 * 60 * 60_000;

/** A change of a deployed voice: what asks for it, what shows it, and where the voice stands before, during and after. */
interface Change {
  readonly verb: "suspend" | "resume";
  readonly ask: "suspendAzureEndpoint" | "resumeAzureEndpoint";
  readonly progress: "azureSuspensionProgress" | "azureEndpointProgress";
  readonly from: "ready" | "suspended";
  readonly during: "suspending" | "resuming";
  readonly to: "ready" | "suspended";
}

/** Takes the endpoint deployment of a professional voice out of service: from then on it costs nothing. */
export const suspendVoiceOrchestration: OrchestrationHandler = function* suspendVoiceOrchestration(
  context: OrchestrationContext,
) {
  return yield* changeVoice(context, {
    verb: "suspend",
    ask: "suspendAzureEndpoint",
    progress: "azureSuspensionProgress",
    from: "ready",
    during: "suspending",
    to: "suspended",
  });
};

/** Brings the endpoint deployment of a suspended voice back. */
export const resumeVoiceOrchestration: OrchestrationHandler = function* resumeVoiceOrchestration(
  context: OrchestrationContext,
) {
  return yield* changeVoice(context, {
    verb: "resume",
    ask: "resumeAzureEndpoint",
    progress: "azureEndpointProgress",
    from: "suspended",
    during: "resuming",
    to: "ready",
  });
};

/** A change that Azure refuses, or that fails for hours, leaves the voice where it was, with an error. */
function* changeVoice(context: OrchestrationContext, { verb, ask, progress, from, during, to }: Change) {
  const { voiceId, ownerId, pollIntervalSeconds } = context.df.getInput<VoiceChangeInput>();
  const ref = { voiceId, ownerId };
  const pace = { firstSeconds: pollIntervalSeconds, maxSeconds: MAX_SECONDS };
  const cancellation = new Cancellation(context);
  const calls = new PatientCalls(context, cancellation);
  try {
    yield* poll(pace, cancellation, {
      look: () => calls.call(ask, ref),
      isWanted: withinTime(context, verb, ({ isAdmitted }: Admitted) => isAdmitted),
    });
    yield* poll(pace, cancellation, {
      look: () => calls.call(progress, ref),
      isWanted: withinTime(context, verb, hasSucceeded),
    });
  } catch (error) {
    const failure = voiceFailureOf(error, verb);
    yield* callActivity(context, "finishVoiceChange", { ...ref, during, status: from, failure });
    return { outcome: from };
  }
  yield* callActivity(context, "finishVoiceChange", { ...ref, during, status: to, failure: null });
  return { outcome: to };
}

/** @returns a condition that throws ActivityRefused when it is not met within three hours. */
function withinTime<T>(
  context: OrchestrationContext,
  verb: Change["verb"],
  isWanted: (found: T) => boolean,
): (found: T) => boolean {
  const deadlineMs = context.df.currentUtcDateTime.getTime() + MAX_WAIT_MS;
  return (found) => {
    const isMet = isWanted(found);
    if (!isMet && context.df.currentUtcDateTime.getTime() >= deadlineMs) {
      throw new ActivityRefused({
        code: "custom-voice-unavailable",
        message: `Azure did not ${verb} the endpoint within three hours.`,
        recovery: [`POST /api/v1/voices/{id}/${verb} again; if it fails again, tell the operator.`],
      });
    }
    return isMet;
  };
}
