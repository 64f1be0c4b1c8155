import type { ErrorCode } from "../errors/catalog.ts";
import type { Recipe } from "./recipe.ts";
import type { VoiceUse } from "./voice-use.ts";
import {
  progressPercentAt,
  TRAINING_STATUSES,
  type TrainingStage,
  type VoiceStatus,
} from "./voice-status.ts";

export const VOICE_KINDS = ["personal", "professional"] as const;
export type VoiceKind = (typeof VOICE_KINDS)[number];
export type VoiceVisibility = "private" | "organization";

export interface VoiceStage {
  readonly name: TrainingStage;
  readonly startedAt: string;
  /** Null while the stage lasts. */
  readonly endedAt: string | null;
}

export interface VoiceFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly recovery: readonly string[];
}

/** Speaking settings used where a request says nothing else. */
export interface VoiceDefaults {
  readonly rate?: string;
  readonly pitch?: string;
  readonly volume?: string;
  readonly style?: string;
  readonly styleDegree?: number;
}

/** One recording in the `samples` container. */
export interface StoredRecording {
  /** Name that the client gave the file. */
  readonly fileName: string;
  readonly blobName: string;
  readonly contentType: string;
  readonly durationMs: number;
}

/** The recordings that a voice is made from. */
export interface SampleSet {
  readonly container: "samples" | "uploads";
  /** Of the blobs' names; what follows is the file's name. */
  readonly prefix: string;
  readonly count: number;
  /** 0 until recordings of an upload have been inspected. */
  readonly durationMs: number;
}

/** What only professional voices have. */
export interface ProfessionalTraining {
  readonly recipe: Recipe;
  /** Language of the recordings, which is the consent's. */
  readonly dataLocale: string;
  /** What Azure says that the model speaks beside the voice's locale; absent until the model is trained. */
  readonly secondaryLocales?: readonly string[];
  /** Preset styles that a MultiStyle model learns. */
  readonly presetStyles: readonly string[];
  /** Value of `<voice name>`. */
  readonly modelVoiceName: string;
  /** The client sent no transcript: it is made from the recordings. */
  readonly needsTranscript: boolean;
  /** Blob in `samples` with a line `name<TAB>text` per recording. */
  readonly transcriptBlob: string;
  readonly endpointKind: "HighPerformance" | "FastResume";
}

/** An endpoint costs by the hour; everything is also consent, samples and model. */
export type AzureLeftovers = "endpoint" | "everything";

/** A voice made from a speaker's recordings, and the truth about its training. */
export interface Voice {
  readonly id: string;
  /** The owner's id. */
  readonly partition: string;
  readonly name: string;
  readonly description: string;
  readonly kind: VoiceKind;
  readonly locale: string;
  readonly status: VoiceStatus;
  /** 0..100 */
  readonly progressPercent: number;
  readonly stages: readonly VoiceStage[];
  readonly error: VoiceFailure | null;
  readonly consentId: string;
  readonly samples: SampleSet;
  /** Value of `<voice name>` when a personal voice speaks. */
  readonly baseModel: string;
  /** Null for personal voices. */
  readonly professional: ProfessionalTraining | null;
  /** Set once Azure has made the speaker profile of a personal voice. */
  readonly speakerProfileId: string | null;
  /** Set once Azure has deployed the model of a professional voice. */
  readonly deploymentId: string | null;
  readonly defaults: VoiceDefaults;
  readonly labels: Readonly<Record<string, string>>;
  readonly visibility: VoiceVisibility;
  /** What it may be used for; empty or left out restricts nothing. */
  readonly permittedUses?: readonly VoiceUse[];
  /** When a deployed voice last spoke, to ten minutes; null for one that has not. */
  readonly lastUsedAt: string | null;
  /** What is to be removed from Azure and could not be yet; absent or null when nothing is. */
  readonly leftInAzure?: AzureLeftovers | null;
  /** How often the training was asked for again. Default: 0. */
  readonly attempt?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What lets a voice speak. */
export type VoiceHandle = { readonly speakerProfileId: string } | { readonly deploymentId: string };

/** Value of `<voice name>`. */
export function spokenVoiceName(voice: Voice): string {
  return voice.professional?.modelVoiceName ?? voice.baseModel;
}

/** Whether others than the owner may know of it; not once its deletion has begun. */
export function isShared({ visibility, status }: Voice): boolean {
  return visibility === "organization" && status !== "deleting";
}

/** The voice as it enters a stage: the stage before ends at the same moment. */
export function enterStage(voice: Voice, stage: TrainingStage, at: Date): Voice {
  if (voice.status === stage) {
    return voice;
  }
  const now = at.toISOString();
  return {
    ...voice,
    status: stage,
    progressPercent: progressPercentAt(stage),
    stages: [...endedStages(voice, now), { name: stage, startedAt: now, endedAt: null }],
    updatedAt: now,
  };
}

export function becomeReady(voice: Voice, handle: VoiceHandle, at: Date): Voice {
  return {
    ...withStatus(voice, "ready", at),
    ...handle,
    progressPercent: progressPercentAt("ready"),
    error: null,
  };
}

export function becomeFailed(voice: Voice, error: VoiceFailure, at: Date): Voice {
  return { ...withStatus(voice, "failed", at), error };
}

/** Whether a training may write into the voice: nobody has ended it yet. */
export function isInTraining({ status }: Voice): boolean {
  return TRAINING_STATUSES.includes(status);
}

export function withStatus(voice: Voice, status: VoiceStatus, at: Date): Voice {
  const now = at.toISOString();
  return { ...voice, status, stages: endedStages(voice, now), updatedAt: now };
}

function endedStages(voice: Voice, now: string): readonly VoiceStage[] {
  return voice.stages.map((stage) => (stage.endedAt === null ? { ...stage, endedAt: now } : stage));
}
