import type { ErrorCode } from "../../domain/errors/catalog.ts";
import type { AzureLeftovers, VoiceHandle } from "../../domain/voice/voice.ts";
import type { TrainingStage } from "../../domain/voice/voice-status.ts";
import type { ConsentRef } from "../consents/consent-collection.ts";
import type { VoiceRef } from "../voices/voice-ref.ts";
import type { AzureBatchActivities } from "./azure-batch-activities.ts";
import type { BatchActivities, DropActivities, WebhookActivities } from "./batch-activities.ts";

/** Why an activity will not succeed, however often it is repeated. */
export interface Refusal {
  readonly refused: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly recovery: readonly string[];
  };
}

export type MakingProgress = "running" | "succeeded";

/** They write what became of a voice into its document. */
export interface StageActivities {
  enterVoiceStage(input: TrainingRef & { readonly stage: TrainingStage }): Promise<Accepted>;
  finishVoiceTraining(input: TrainingRef & { readonly handle: VoiceHandle }): Promise<Accepted>;
  endVoiceTraining(
    input: TrainingRef & {
      readonly outcome: "canceled" | "failed";
      readonly failure: Refusal["refused"] | null;
      /** What could not be removed from Azure; null when everything was. */
      readonly leftInAzure: AzureLeftovers | null;
    },
  ): Promise<object>;
  finishVoiceChange(
    input: VoiceRef & {
      /** While the change lasts; a voice that has another status by now is left alone. */
      readonly during: "suspending" | "resuming";
      readonly status: "ready" | "suspended";
      /** Why the change came to nothing; null when it did not. */
      readonly failure: Refusal["refused"] | null;
    },
  ): Promise<object>;
}

/** One of the trainings that a voice has had; see `attempt` of the voice. */
export type TrainingRef = VoiceRef & { readonly attempt: number };

/** False when somebody has ended the training: it stops and cleans up. */
export interface Accepted {
  readonly isAccepted: boolean;
}

/** Whether Azure has a place for one more; a voice waits for its turn instead of failing. */
export interface Admitted {
  readonly isAdmitted: boolean;
}

export interface Progress {
  readonly progress: MakingProgress;
}

export interface AzureTrainingActivities {
  createAzureConsent(input: VoiceRef): Promise<object>;
  azureConsentProgress(input: VoiceRef): Promise<Progress>;
  createAzurePersonalVoice(input: VoiceRef): Promise<object>;
  azurePersonalVoiceProgress(input: VoiceRef): Promise<Progress & { readonly speakerProfileId: string }>;
}

export interface TranscriptionActivities {
  transcribeSamples(
    input: VoiceRef & { readonly cursor: string | null },
  ): Promise<{ readonly nextCursor: string | null }>;
  assembleTranscript(input: VoiceRef): Promise<object>;
}

export interface ModelActivities {
  createAzureTrainingSet(input: VoiceRef): Promise<object>;
  azureTrainingSetProgress(input: VoiceRef): Promise<Progress>;
  createAzureModel(input: VoiceRef): Promise<Admitted>;
  azureModelProgress(input: VoiceRef): Promise<Progress>;
}

export interface DeploymentActivities {
  createAzureEndpoint(input: VoiceRef): Promise<Admitted & { readonly deploymentId: string }>;
  azureEndpointProgress(input: VoiceRef): Promise<Progress>;
  suspendAzureEndpoint(input: VoiceRef): Promise<Admitted>;
  azureSuspensionProgress(input: VoiceRef): Promise<Progress>;
  resumeAzureEndpoint(input: VoiceRef): Promise<Admitted>;
}

export interface RemovalActivities {
  /** Removes what was made in Azure for the voice, dependants first. */
  removeAzureVoice(input: VoiceRef & { readonly scope: AzureLeftovers }): Promise<object>;
  voiceTrainingHasEnded(input: VoiceRef): Promise<{ readonly hasEnded: boolean }>;
  terminateVoiceTraining(input: VoiceRef): Promise<object>;
  /** Removes the recordings and the voice itself. */
  removeStoredVoice(input: VoiceRef): Promise<object>;
  /** Says in the voice why it is still there. */
  noteFailedDeletion(input: VoiceRef & { readonly failure: Refusal["refused"] }): Promise<object>;
}

export interface RevocationActivities {
  voicesOfConsent(
    input: ConsentRef & { readonly cursor: string | null },
  ): Promise<{ readonly voiceIds: readonly string[]; readonly nextCursor: string | null }>;
  disableVoice(input: VoiceRef): Promise<object>;
  removeConsentRecording(input: ConsentRef): Promise<object>;
  /** Notes that nothing made with the consent is left. */
  finishRevocation(input: ConsentRef): Promise<object>;
}

/**
 * What orchestrators may ask for. Every activity may run twice and does its work once. A name lives on in the history
 * of running instances: never rename one. A failure that repeating cannot mend comes back as a {@link Refusal}.
 */
export type Activities = VoiceActivities &
  BatchActivities &
  AzureBatchActivities &
  DropActivities &
  WebhookActivities;

/** What the orchestrations of voices and consents ask for. */
export type VoiceActivities = StageActivities &
  TranscriptionActivities &
  AzureTrainingActivities &
  ModelActivities &
  DeploymentActivities &
  RemovalActivities &
  RevocationActivities;
