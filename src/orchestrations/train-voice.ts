import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { Refusal } from "../application/ports/activities.ts";
import type { TrainingInput } from "../application/voices/start-training.ts";
import type { VoiceRef } from "../application/voices/voice-ref.ts";
import type { VoiceHandle } from "../domain/voice/voice.ts";
import { ActivityRefused, callActivity } from "./call-activity.ts";
import { Canceled, Cancellation } from "./cancellation.ts";
import { hasSucceeded, type Pace, poll } from "./poll.ts";

/** A training that lasts a day is looked at every five minutes, one that lasts seconds every few seconds. */
const MAX_SECONDS = { seconds: 10, minutes: 60, hours: 300 };

/** What one training works with. */
interface Training {
  readonly context: OrchestrationContext;
  readonly ref: VoiceRef;
  readonly cancellation: Cancellation;
  readonly pace: (lasts: keyof typeof MAX_SECONDS) => Pace;
}

/** Makes a voice in Azure and follows it until it can speak; leaves nothing in Azure when it cannot. */
export const trainVoiceOrchestration: OrchestrationHandler = function* trainVoiceOrchestration(
  context: OrchestrationContext,
) {
  const { voiceId, ownerId, kind, pollIntervalSeconds } = context.df.getInput<TrainingInput>();
  const ref = { voiceId, ownerId };
  const training: Training = {
    context,
    ref,
    cancellation: new Cancellation(context),
    pace: (lasts) => ({ firstSeconds: pollIntervalSeconds, maxSeconds: MAX_SECONDS[lasts] }),
  };
  try {
    yield* verifyConsent(training);
    const handle: VoiceHandle = yield* kind === "personal"
      ? makePersonal(training)
      : makeProfessional(training);
    training.cancellation.check();
    yield* callActivity(context, "finishVoiceTraining", { ...ref, handle });
    return { outcome: "ready" };
  } catch (error) {
    const outcome = error instanceof Canceled ? "canceled" : "failed";
    const failure = failureOf(error);
    try {
      yield* callActivity(context, "removeAzureVoice", ref);
    } finally {
      yield* callActivity(context, "endVoiceTraining", { ...ref, outcome, failure });
    }
    return { outcome };
  }
};

function* verifyConsent({ context, ref, cancellation, pace }: Training) {
  yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "verifying-consent" });
  cancellation.check();
  yield* callActivity(context, "createAzureConsent", ref);
  yield* poll(pace("seconds"), cancellation, {
    look: () => callActivity(context, "azureConsentProgress", ref),
    isWanted: hasSucceeded,
  });
}

function* makePersonal({ context, ref, cancellation, pace }: Training) {
  yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "training" });
  cancellation.check();
  yield* callActivity(context, "createAzurePersonalVoice", ref);
  const { speakerProfileId } = yield* poll(pace("seconds"), cancellation, {
    look: () => callActivity(context, "azurePersonalVoiceProgress", ref),
    isWanted: hasSucceeded,
  });
  return { speakerProfileId };
}

function* makeProfessional(training: Training) {
  const { context, ref, cancellation, pace } = training;
  yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "processing-samples" });
  yield* transcribe(training);
  yield* callActivity(context, "createAzureTrainingSet", ref);
  yield* poll(pace("minutes"), cancellation, {
    look: () => callActivity(context, "azureTrainingSetProgress", ref),
    isWanted: hasSucceeded,
  });
  yield* trainModel(training);
  return yield* deploy(training);
}

/** Does nothing when the client sent a transcript. */
function* transcribe({ context, ref, cancellation }: Training) {
  let cursor: string | null = null;
  do {
    cancellation.check();
    const page: { readonly nextCursor: string | null } = yield* callActivity(context, "transcribeSamples", {
      ...ref,
      cursor,
    });
    cursor = page.nextCursor;
  } while (cursor !== null);
  yield* callActivity(context, "assembleTranscript", ref);
}

function* trainModel({ context, ref, cancellation, pace }: Training) {
  yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "training" });
  cancellation.check();
  yield* poll(pace("hours"), cancellation, {
    look: () => callActivity(context, "createAzureModel", ref),
    isWanted: ({ isAdmitted }) => isAdmitted,
  });
  yield* poll(pace("hours"), cancellation, {
    look: () => callActivity(context, "azureModelProgress", ref),
    isWanted: hasSucceeded,
  });
}

function* deploy({ context, ref, cancellation, pace }: Training) {
  yield* callActivity(context, "enterVoiceStage", { ...ref, stage: "deploying" });
  cancellation.check();
  const { deploymentId } = yield* poll(pace("minutes"), cancellation, {
    look: () => callActivity(context, "createAzureEndpoint", ref),
    isWanted: ({ isAdmitted }) => isAdmitted,
  });
  yield* poll(pace("minutes"), cancellation, {
    look: () => callActivity(context, "azureEndpointProgress", ref),
    isWanted: hasSucceeded,
  });
  return { deploymentId };
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
