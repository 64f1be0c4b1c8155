import type { ErrorCode } from "../errors/catalog.ts";
import { progressPercentAt, type TrainingStage, type VoiceStatus } from "./voice-status.ts";

export type VoiceKind = "personal" | "professional";
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
  readonly samples: readonly StoredRecording[];
  /** Value of `<voice name>` when a personal voice speaks. */
  readonly baseModel: string;
  /** Set once Azure has made the speaker profile. */
  readonly speakerProfileId: string | null;
  readonly defaults: VoiceDefaults;
  readonly labels: Readonly<Record<string, string>>;
  readonly visibility: VoiceVisibility;
  readonly createdAt: string;
  readonly updatedAt: string;
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

export function becomeReady(voice: Voice, speakerProfileId: string, at: Date): Voice {
  const now = at.toISOString();
  return {
    ...voice,
    status: "ready",
    progressPercent: progressPercentAt("ready"),
    stages: endedStages(voice, now),
    speakerProfileId,
    error: null,
    updatedAt: now,
  };
}

export function becomeFailed(voice: Voice, error: VoiceFailure, at: Date): Voice {
  const now = at.toISOString();
  return { ...voice, status: "failed", stages: endedStages(voice, now), error, updatedAt: now };
}

export function withStatus(voice: Voice, status: VoiceStatus, at: Date): Voice {
  const now = at.toISOString();
  return { ...voice, status, stages: endedStages(voice, now), updatedAt: now };
}

function endedStages(voice: Voice, now: string): readonly VoiceStage[] {
  return voice.stages.map((stage) => (stage.endedAt === null ? { ...stage, endedAt: now } : stage));
}
