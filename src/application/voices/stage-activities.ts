import { assertConsentHolds } from "../../domain/voice/consent.ts";
import {
  type AzureLeftovers,
  becomeFailed,
  becomeReady,
  enterStage,
  isInTraining,
  type Voice,
  withStatus,
} from "../../domain/voice/voice.ts";
import type { VoiceStatus } from "../../domain/voice/voice-status.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { ConsentCollection } from "../consents/consent-collection.ts";
import type { Accepted, StageActivities, TrainingRef } from "../ports/activities.ts";
import type { Clock } from "../ports/clock.ts";
import { readVoice, updateVoice, type VoiceCollection } from "./voice-ref.ts";

export interface StageActivityPorts {
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly clock: Clock;
}

const DONE = {};

/** Activities that write the voice document; whatever somebody else has ended stays as it is. */
export function makeStageActivities(ports: StageActivityPorts): StageActivities {
  const { voices, clock } = ports;
  return {
    enterVoiceStage: ({ stage, ...ref }) =>
      goOn(voices, ref, (voice) => enterStage(voice, stage, clock.now())),

    async finishVoiceTraining({ handle, ...ref }) {
      const stored = await readVoice(voices, ref);
      if (!isDone(stored, ref)) {
        await assertConsent(ports, stored);
      }
      return goOn(voices, ref, (voice) => becomeReady(voice, handle, clock.now()));
    },

    async endVoiceTraining({ outcome, failure, leftInAzure, ...ref }) {
      await updateVoice(voices, ref, (voice) => {
        if (voice.status === "deleting" || !isOf(voice, ref)) {
          return undefined;
        }
        const marked = withLeftovers(voice, leftInAzure);
        if (!isInTraining(voice) && voice.status !== "canceling") {
          return marked;
        }
        return failure === null
          ? withStatus(marked, outcome, clock.now())
          : becomeFailed(marked, failure, clock.now());
      });
      return DONE;
    },

    async finishVoiceChange({ during, status, failure, ...ref }) {
      await updateVoice(voices, ref, (voice) =>
        voice.status === during ? { ...withStatus(voice, status, clock.now()), error: failure } : undefined,
      );
      return DONE;
    },
  };
}

/** A repetition finds the voice ready, or what has become of a ready one since, which is no reason to stop. */
async function goOn(
  voices: VoiceCollection,
  ref: TrainingRef,
  change: (voice: Voice) => Voice,
): Promise<Accepted> {
  let isAccepted = true;
  await updateVoice(voices, ref, (voice) => {
    const isToDo = isOf(voice, ref) && isInTraining(voice);
    isAccepted = isToDo || isDone(voice, ref);
    return isToDo ? change(voice) : undefined;
  });
  return { isAccepted };
}

const DEPLOYED: ReadonlySet<VoiceStatus> = new Set(["ready", "suspending", "suspended", "resuming"]);

/** Whether this attempt has made the voice ready. */
function isDone(voice: Voice, ref: TrainingRef): boolean {
  return isOf(voice, ref) && DEPLOYED.has(voice.status);
}

/** What an attempt still says after the next has begun counts no longer. */
function isOf({ attempt = 0 }: Voice, ref: TrainingRef): boolean {
  return attempt === ref.attempt;
}

/** What is marked already stays marked until it is removed. */
function withLeftovers(voice: Voice, found: AzureLeftovers | null): Voice {
  const leftInAzure =
    voice.leftInAzure === "everything" ? "everything" : (found ?? voice.leftInAzure ?? null);
  return { ...voice, leftInAzure };
}

async function assertConsent(
  { consents, clock }: StageActivityPorts,
  { partition, consentId }: Voice,
): Promise<void> {
  const consent = await consents.read(partition, consentId);
  if (consent === undefined) {
    throw new ServiceError("consent-not-found", `The consent ${consentId} of the voice is gone.`);
  }
  assertConsentHolds(consent, clock.now());
}
