import type { OrchestrationContext, OrchestrationHandler, Task } from "durable-functions";
import type { Refusal } from "../application/ports/activities.ts";
import type { VoiceRef } from "../application/voices/voice-ref.ts";
import { ActivityRefused, callActivity } from "./call-activity.ts";
import { Canceled, Cancellation } from "./cancellation.ts";

export interface TrainVoiceOrchestrationInput extends VoiceRef {
  /** First pause between two looks at what Azure is making. */
  readonly pollIntervalSeconds: number;
}

const BACKOFF_FACTOR = 1.5;
const MAX_POLL_INTERVAL_SECONDS = 300;

/** Makes a personal voice in Azure and follows it until it can speak; leaves nothing in Azure when it cannot. */
export const trainVoiceOrchestration: OrchestrationHandler = function* trainVoiceOrchestration(
  context: OrchestrationContext,
) {
  const input = context.df.getInput<TrainVoiceOrchestrationInput>();
  const ref = { voiceId: input.voiceId, ownerId: input.ownerId };
  const cancellation = new Cancellation(context);
  try {
    yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "verifying-consent" });
    cancellation.check();
    yield* callActivity(context, "createAzureConsent", ref);
    yield* poll(input, cancellation, () => callActivity(context, "azureConsentProgress", ref));

    yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "training" });
    yield* callActivity(context, "createAzurePersonalVoice", ref);
    const { speakerProfileId } = yield* poll(input, cancellation, () =>
      callActivity(context, "azurePersonalVoiceProgress", ref),
    );
    yield* callActivity(context, "finishVoiceTraining", { ...ref, speakerProfileId });
    return { outcome: "ready" };
  } catch (error) {
    const outcome = error instanceof Canceled ? "canceled" : "failed";
    yield* callActivity(context, "removeAzureVoice", ref);
    yield* callActivity(context, "endVoiceTraining", { ...ref, outcome, failure: failureOf(error) });
    return { outcome };
  }
};

/** Looks until the work is done, with pauses that grow. @throws Canceled */
function* poll<T extends { readonly progress: "running" | "succeeded" }, Next>(
  { pollIntervalSeconds }: TrainVoiceOrchestrationInput,
  cancellation: Cancellation,
  look: () => Generator<Task, T, Next>,
): Generator<Task, T, Next & Task> {
  for (
    let seconds = pollIntervalSeconds;
    ;
    seconds = Math.min(seconds * BACKOFF_FACTOR, MAX_POLL_INTERVAL_SECONDS)
  ) {
    const found = yield* look();
    if (found.progress === "succeeded") {
      return found;
    }
    yield* cancellation.pause(seconds);
  }
}

function failureOf(error: unknown): Refusal["refused"] | null {
  if (error instanceof Canceled) {
    return null;
  }
  if (error instanceof ActivityRefused) {
    return error.refusal;
  }
  return {
    code: "custom-voice-unavailable",
    message: "The custom voice service kept failing until all attempts were used up.",
    recovery: ["Wait until the service is back, then POST /api/v1/voices/{id}/retry."],
  };
}
