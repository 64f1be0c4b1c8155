/** What a recording turned out to be after it was decoded as a whole. Levels are relative to full scale. */
export interface RecordingFacts {
  readonly container: "wav" | "mp3";
  readonly sampleRateHz: number;
  /** Undefined for compressed audio. */
  readonly bitDepth: number | undefined;
  readonly channels: number;
  /** Of the decoded audio; a header may claim another length. */
  readonly durationMs: number;
  /** -100 for digital silence. */
  readonly peakDbfs: number;
  /** Samples at full scale: what clipping looks like. */
  readonly clippedSamples: number;
  /** The level that a tenth of the frames stays below. */
  readonly noiseFloorDbfs: number;
  /** Distance of the loudest tenth of the frames from the noise floor. */
  readonly signalToNoiseDb: number;
  readonly leadingSilenceMs: number;
  readonly trailingSilenceMs: number;
  /** Between the first and the last sound. */
  readonly longestSilenceMs: number;
}

/** Frames quieter than this are silence. */
export const SILENCE_DBFS = -50;
