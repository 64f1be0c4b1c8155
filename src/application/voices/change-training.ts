import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type Voice, withStatus } from "../../domain/voice/voice.ts";
import { TRAINING_STATUSES, type VoiceStatus } from "../../domain/voice/voice-status.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { findVoice, type FindVoicePorts } from "./find-voice.ts";
import { startTraining, trainingInstanceId } from "./start-training.ts";
import { updateVoice, type VoiceRef } from "./voice-ref.ts";

/**
 * Tells a voice what to do next; the answer is the voice with its new status.
 *
 * @throws {@link ServiceError} `voice-not-found`, `voice-state-conflict` when the voice's status does not allow it.
 */
export type ChangeTraining = (principal: Principal, voiceId: string) => Promise<Versioned<Voice>>;

export interface ChangeTrainingPorts extends FindVoicePorts {
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly pollIntervalSeconds: number;
}

interface Transition {
  /** What the caller wants done to the voice, as the message names it. */
  readonly verb: string;
  readonly from: readonly VoiceStatus[];
  readonly to: VoiceStatus;
  readonly needsDeployment?: boolean;
  readonly isAnotherAttempt?: boolean;
}

/** Ends a training that is under way. */
export function makeCancelTraining(ports: ChangeTrainingPorts): ChangeTraining {
  return async (principal, voiceId) => {
    const voice = await change(ports, principal, {
      voiceId,
      verb: "canceled",
      from: [...TRAINING_STATUSES, "canceling"],
      to: "canceling",
    });
    await ports.orchestrations.raiseEvent(trainingInstanceId(voice), "cancel", {});
    return voice;
  };
}

/** Trains a voice again whose training failed or was canceled, with the same recordings; what Azure has is used again. */
export function makeRetryTraining(ports: ChangeTrainingPorts): ChangeTraining {
  return async (principal, voiceId) => {
    const voice = await change(ports, principal, {
      voiceId,
      verb: "trained again",
      from: ["failed", "canceled"],
      to: "pending",
      isAnotherAttempt: true,
    });
    await startTraining(ports, voice);
    return voice;
  };
}

/** Takes a professional voice out of service, so that it costs nothing. */
export function makeSuspendVoice(ports: ChangeTrainingPorts): ChangeTraining {
  return async (principal, voiceId) => {
    const transition = {
      voiceId,
      verb: "suspended",
      from: ["ready", "suspending"],
      to: "suspending",
      needsDeployment: true,
    } as const;
    const voice = await change(ports, principal, transition);
    await startChange(ports, voice, "suspend");
    return voice;
  };
}

/** Brings a suspended voice back. */
export function makeResumeVoice(ports: ChangeTrainingPorts): ChangeTraining {
  return async (principal, voiceId) => {
    const transition = {
      voiceId,
      verb: "resumed",
      from: ["suspended", "resuming"],
      to: "resuming",
      needsDeployment: true,
    } as const;
    const voice = await change(ports, principal, transition);
    await startChange(ports, voice, "resume");
    return voice;
  };
}

/** What a suspension or its opposite needs to know from the start. */
export interface VoiceChangeInput extends VoiceRef {
  /** First pause between two looks at the endpoint. */
  readonly pollIntervalSeconds: number;
}

/** Starts what takes a deployed voice out of service or brings it back. */
export async function startChange(
  {
    orchestrations,
    pollIntervalSeconds,
  }: Pick<ChangeTrainingPorts, "orchestrations" | "pollIntervalSeconds">,
  { id, partition }: Voice,
  verb: "suspend" | "resume",
): Promise<void> {
  const input: VoiceChangeInput = { voiceId: id, ownerId: partition, pollIntervalSeconds };
  await orchestrations.start(`${verb}VoiceOrchestration`, `${verb}-${id}`, input);
}

async function change(
  ports: ChangeTrainingPorts,
  principal: Principal,
  transition: Transition & { readonly voiceId: string },
): Promise<Versioned<Voice>> {
  const { voiceId, to, isAnotherAttempt = false } = transition;
  const { partition: ownerId } = await findVoice(ports, principal, { voiceId, use: "change" });
  const ref: VoiceRef = { voiceId, ownerId };
  return updateVoice(ports.voices, ref, (voice) => {
    assertAllowed(voice, transition);
    const attempt = (voice.attempt ?? 0) + (isAnotherAttempt ? 1 : 0);
    return voice.status === to
      ? undefined
      : withStatus({ ...voice, error: null, attempt }, to, ports.clock.now());
  });
}

function assertAllowed(
  voice: Voice,
  { verb, from, to, needsDeployment = false, isAnotherAttempt = false }: Transition,
): void {
  if (needsDeployment && voice.deploymentId === null) {
    throw new ServiceError("voice-state-conflict", `Only a deployed professional voice can be ${verb}.`, {
      details: { voiceId: voice.id, kind: voice.kind },
    });
  }
  if (!from.includes(voice.status)) {
    const allowed = from.filter((status) => status !== to).join(" or ");
    throw new ServiceError(
      "voice-state-conflict",
      `A voice that is ${voice.status} cannot be ${verb}, only one that is ${allowed}.`,
      {
        details: { voiceId: voice.id, status: voice.status },
      },
    );
  }
  if (isAnotherAttempt && (voice.leftInAzure ?? null) !== null) {
    const message = "What the training before left in Azure is still being removed; retry in some minutes.";
    throw new ServiceError("voice-state-conflict", message, { details: { voiceId: voice.id } });
  }
}
