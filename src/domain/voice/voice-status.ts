/** Where a voice is in its life. */
export const VOICE_STATUSES = [
  "pending",
  "verifying-consent",
  "processing-samples",
  "training",
  "deploying",
  "ready",
  "failed",
  "canceling",
  "canceled",
  "suspending",
  "suspended",
  "resuming",
  "deleting",
] as const;
export type VoiceStatus = (typeof VOICE_STATUSES)[number];

/** The statuses of a training, in the order in which a voice passes them, with the progress that each begins at. */
const TRAINING_PROGRESS_PERCENT = {
  pending: 0,
  "verifying-consent": 5,
  "processing-samples": 20,
  training: 35,
  deploying: 90,
  ready: 100,
} as const satisfies Partial<Record<VoiceStatus, number>>;
export type TrainingStage = Exclude<keyof typeof TRAINING_PROGRESS_PERCENT, "pending" | "ready">;

/** While a training works on the voice and nobody has asked for its end. */
export const TRAINING_STATUSES: readonly VoiceStatus[] = [
  "pending",
  "verifying-consent",
  "processing-samples",
  "training",
  "deploying",
];

/** 0..100; a voice that ended elsewhere keeps the progress it had. */
export function progressPercentAt(status: keyof typeof TRAINING_PROGRESS_PERCENT): number {
  return TRAINING_PROGRESS_PERCENT[status];
}
