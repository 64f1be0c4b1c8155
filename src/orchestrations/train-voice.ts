import type { OrchestrationContext, OrchestrationHandler, Task } from "durable-functions";
import type { Accepted, TrainingRef } from "../application/ports/activities.ts";
import type { TrainingInput } from "../application/voices/start-training.ts";
import type { AzureLeftovers, VoiceHandle } from "../domain/voice/voice.ts";
import type { TrainingStage } from "../domain/voice/voice-status.ts";
import { callActivity } from "./call-activity.ts";
import { Canceled, Cancellation } from "./cancellation.ts";
import { HistoryFull, HistoryLimit } from "./history-limit.ts";
import { mayPass, PatientCalls, type Trouble, voiceFailureOf } from "./patient-calls.ts";
import { hasSucceeded, poll } from "./poll.ts";

/** A training that lasts a day is looked at every five minutes, one that lasts seconds every few seconds. */
const MAX_SECONDS = { seconds: 10, minutes: 60, hours: 300 };

/** The steps of a training; one that is begun again finds what it has made and goes on. */
const STEPS = {
  personal: ["consent", "personal-voice"],
  professional: ["consent", "transcripts", "training-set", "model", "endpoint"],
} as const;
type Step = (typeof STEPS)[keyof typeof STEPS][number];

/** Where a training goes on whose history had grown long. */
interface Bookmark {
  readonly step: Step;
  readonly pauseSeconds: number;
  readonly trouble: Trouble | null;
}

type BookmarkedInput = TrainingInput & { readonly bookmark?: Bookmark };

/** What one training works with. */
interface Training {
  readonly context: OrchestrationContext;
  readonly ref: TrainingRef;
  readonly cancellation: Cancellation;
  readonly calls: PatientCalls;
  readonly history: HistoryLimit;
  readonly firstPauseSeconds: number;
  step: Step;
  /** The last pause between two looks. */
  pauseSeconds: number;
}

/** Makes a voice in Azure and follows it until it can speak; leaves nothing there that costs when it cannot. */
export const trainVoiceOrchestration: OrchestrationHandler = function* trainVoiceOrchestration(
  context: OrchestrationContext,
) {
  const training = trainingOf(context);
  const { ref, calls } = training;
  try {
    const handle: VoiceHandle = yield* followSteps(training);
    training.cancellation.check();
    assertAccepted(yield* calls.call("finishVoiceTraining", { ...ref, handle }));
    return { outcome: "ready" };
  } catch (error) {
    if (error instanceof HistoryFull) {
      const { step, pauseSeconds } = training;
      const bookmark: Bookmark = { step, pauseSeconds, trouble: calls.trouble };
      context.df.continueAsNew({ ...context.df.getInput<BookmarkedInput>(), bookmark });
      return undefined;
    }
    return yield* endTraining(training, error);
  }
};

function trainingOf(context: OrchestrationContext): Training {
  const { voiceId, ownerId, attempt, kind, pollIntervalSeconds, bookmark } =
    context.df.getInput<BookmarkedInput>();
  const cancellation = new Cancellation(context);
  const history = new HistoryLimit();
  const firstPauseSeconds = bookmark?.pauseSeconds ?? pollIntervalSeconds;
  return {
    context,
    ref: { voiceId, ownerId, attempt },
    cancellation,
    history,
    calls: new PatientCalls(context, cancellation, {
      trouble: bookmark?.trouble ?? null,
      onFailedCalls: (count) => history.note(count),
    }),
    firstPauseSeconds,
    pauseSeconds: firstPauseSeconds,
    step: bookmark?.step ?? STEPS[kind][0],
  };
}

/**
 * What nobody can mend, and what was canceled, leaves nothing in Azure. After an outage, and where Azure
 * refuses our credentials, only the endpoint goes, which costs by the hour: training set and model stay for the next
 * attempt.
 */
function* endTraining({ context, ref }: Training, error: unknown) {
  const outcome = error instanceof Canceled ? "canceled" : "failed";
  const failure = error instanceof Canceled ? null : voiceFailureOf(error, "retry");
  const isFinal = error instanceof Canceled || !mayPass(error);
  const { voiceId, ownerId } = ref;
  const scope = isFinal ? "everything" : "endpoint";
  let leftInAzure: AzureLeftovers | null = null;
  try {
    yield* callActivity(context, "removeAzureVoice", { voiceId, ownerId, scope });
  } catch {
    leftInAzure = scope;
  }
  yield* callActivity(context, "endVoiceTraining", { ...ref, outcome, failure, leftInAzure });
  return { outcome };
}

/** @returns what lets the voice speak: the last step has made it. */
function* followSteps(training: Training) {
  const { kind } = training.context.df.getInput<BookmarkedInput>();
  const steps: readonly Step[] = STEPS[kind];
  let handle: VoiceHandle | null = null;
  for (const step of steps.slice(steps.indexOf(training.step))) {
    training.step = step;
    handle = yield* takeStep(training, step);
  }
  if (handle === null) {
    throw new Error(`The training of a ${kind} voice has no last step.`);
  }
  return handle;
}

function* takeStep(training: Training, step: Step) {
  switch (step) {
    case "consent":
      return yield* verifyConsent(training);
    case "personal-voice":
      return yield* makePersonal(training);
    case "transcripts":
      return yield* transcribe(training);
    case "training-set":
      return yield* makeTrainingSet(training);
    case "model":
      return yield* trainModel(training);
    case "endpoint":
      return yield* deploy(training);
  }
}

function* verifyConsent(training: Training) {
  const { ref, calls } = training;
  yield* enterStage(training, "verifying-consent");
  yield* calls.call("createAzureConsent", ref);
  yield* wait(training, {
    lasts: "seconds",
    look: () => calls.call("azureConsentProgress", ref),
    isWanted: hasSucceeded,
  });
  return null;
}

function* makePersonal(training: Training) {
  const { ref, calls } = training;
  yield* enterStage(training, "training");
  yield* calls.call("createAzurePersonalVoice", ref);
  const { speakerProfileId } = yield* wait(training, {
    lasts: "seconds",
    look: () => calls.call("azurePersonalVoiceProgress", ref),
    isWanted: hasSucceeded,
  });
  return { speakerProfileId };
}

/** Does nothing when the client sent a transcript. */
function* transcribe(training: Training) {
  const { ref, calls, cancellation } = training;
  yield* enterStage(training, "processing-samples");
  let cursor: string | null = null;
  do {
    cancellation.check();
    const page: { readonly nextCursor: string | null } = yield* calls.call("transcribeSamples", {
      ...ref,
      cursor,
    });
    cursor = page.nextCursor;
  } while (cursor !== null);
  yield* calls.call("assembleTranscript", ref);
  return null;
}

function* makeTrainingSet(training: Training) {
  const { ref, calls } = training;
  yield* enterStage(training, "processing-samples");
  yield* calls.call("createAzureTrainingSet", ref);
  yield* wait(training, {
    lasts: "minutes",
    look: () => calls.call("azureTrainingSetProgress", ref),
    isWanted: hasSucceeded,
  });
  return null;
}

function* trainModel(training: Training) {
  const { ref, calls } = training;
  yield* enterStage(training, "training");
  yield* wait(training, {
    lasts: "hours",
    look: () => calls.call("createAzureModel", ref),
    isWanted: ({ isAdmitted }) => isAdmitted,
  });
  yield* wait(training, {
    lasts: "hours",
    look: () => calls.call("azureModelProgress", ref),
    isWanted: hasSucceeded,
  });
  return null;
}

function* deploy(training: Training) {
  const { ref, calls } = training;
  yield* enterStage(training, "deploying");
  const { deploymentId } = yield* wait(training, {
    lasts: "minutes",
    look: () => calls.call("createAzureEndpoint", ref),
    isWanted: ({ isAdmitted }) => isAdmitted,
  });
  yield* wait(training, {
    lasts: "minutes",
    look: () => calls.call("azureEndpointProgress", ref),
    isWanted: hasSucceeded,
  });
  return { deploymentId };
}

/** The voice's document says when somebody has ended the training, should the event have got lost. @throws Canceled */
function* enterStage({ calls, ref, cancellation }: Training, stage: TrainingStage) {
  assertAccepted(yield* calls.call("enterVoiceStage", { ...ref, stage }));
  cancellation.check();
}

function assertAccepted({ isAccepted }: Accepted): void {
  if (!isAccepted) {
    throw new Canceled();
  }
}

/** @throws Canceled, HistoryFull */
function* wait<T, Next>(
  training: Training,
  {
    lasts,
    ...question
  }: {
    readonly lasts: keyof typeof MAX_SECONDS;
    readonly look: () => Generator<Task, T, Next>;
    readonly isWanted: (found: T) => boolean;
  },
): Generator<Task, T, Next & Task> {
  const pace = { firstSeconds: training.firstPauseSeconds, maxSeconds: MAX_SECONDS[lasts] };
  return yield* poll(pace, training.cancellation, {
    ...question,
    onPause: (seconds) => {
      training.pauseSeconds = seconds;
      training.history.note(1);
    },
  });
}
