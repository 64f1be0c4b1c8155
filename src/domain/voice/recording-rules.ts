/** What recordings are for. */
export type RecordingPurpose = "consent" | "personal" | "professional";

/** Rules for the recordings of one purpose. */
export interface RecordingRules {
  readonly sampleRatesHz: { readonly atLeast: number } | { readonly oneOf: readonly number[] };
  readonly bitDepths: readonly number[];
  readonly containers: readonly ("wav" | "mp3")[];
  readonly needsMono: boolean;
  /** Of each file. */
  readonly maxFileDurationMs: number;
  /** Of all files together. */
  readonly minTotalMs: number;
  readonly maxTotalMs: number;
  readonly minFiles: number;
  readonly maxFiles: number;
  readonly needsTranscripts: boolean;
}

const PROMPT_SAMPLE_RATES_HZ = [16_000, 24_000, 44_100, 48_000];
const ANY_LENGTH_MS = Number.POSITIVE_INFINITY;

/**
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/personal-voice-create-voice
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/how-to-custom-voice-training-data
 */
export const RECORDING_RULES: Readonly<Record<RecordingPurpose, RecordingRules>> = {
  consent: {
    sampleRatesHz: { oneOf: PROMPT_SAMPLE_RATES_HZ },
    bitDepths: [16, 24, 32],
    containers: ["wav", "mp3"],
    needsMono: false,
    maxFileDurationMs: 60_000,
    // Two names and one sentence; the shortest locale takes about three seconds.
    minTotalMs: 2_000,
    maxTotalMs: 60_000,
    minFiles: 1,
    maxFiles: 1,
    needsTranscripts: false,
  },
  personal: {
    sampleRatesHz: { oneOf: PROMPT_SAMPLE_RATES_HZ },
    bitDepths: [16, 24, 32],
    containers: ["wav", "mp3"],
    needsMono: false,
    maxFileDurationMs: 90_000,
    minTotalMs: 5_000,
    maxTotalMs: 90_000,
    minFiles: 1,
    maxFiles: 50,
    needsTranscripts: false,
  },
  professional: {
    sampleRatesHz: { atLeast: 16_000 },
    bitDepths: [16, 24, 32],
    containers: ["wav"],
    needsMono: true,
    maxFileDurationMs: 15_000,
    minTotalMs: 0,
    maxTotalMs: ANY_LENGTH_MS,
    minFiles: 300,
    maxFiles: 10_000,
    needsTranscripts: true,
  },
};
