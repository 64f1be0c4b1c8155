import { type RecordingFacts, SILENCE_DBFS } from "../../domain/voice/recording.ts";

/** Level of digital silence, and the lowest that is told apart. */
const LOWEST_DBFS = -100;
const FRAME_MS = 20;
const CLIPPED_LEVEL = 0.999;
const QUIET_SHARE = 0.1;
const LOUD_SHARE = 0.9;

type Levels = Omit<RecordingFacts, "container" | "sampleRateHz" | "bitDepth" | "channels">;

/** Measures samples as they come; memory does not grow with the recording. */
export class LevelMeter {
  readonly #frameSamples: number;
  readonly #sampleRateHz: number;
  /** How many frames have a level of -100, -99, ... 0 dBFS. */
  readonly #histogram = new Uint32Array(1 - LOWEST_DBFS);
  #samples = 0;
  #peak = 0;
  #clipped = 0;
  #frameEnergy = 0;
  #frameLength = 0;
  #frames = 0;
  #firstSoundFrame: number | undefined;
  #lastSoundFrame = -1;
  #longestGapFrames = 0;

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#frameSamples = Math.max(1, Math.round((sampleRateHz * FRAME_MS) / 1000));
  }

  /** @param sample -1..1, all channels mixed down. */
  add(sample: number): void {
    const level = Math.abs(sample);
    this.#samples += 1;
    this.#peak = Math.max(this.#peak, level);
    this.#clipped += level >= CLIPPED_LEVEL ? 1 : 0;
    this.#frameEnergy += sample * sample;
    this.#frameLength += 1;
    if (this.#frameLength === this.#frameSamples) {
      this.#endFrame();
    }
  }

  levels(): Levels {
    const noiseFloorDbfs = this.#percentile(QUIET_SHARE);
    const firstSound = this.#firstSoundFrame ?? this.#frames;
    return {
      durationMs: (this.#samples / this.#sampleRateHz) * 1000,
      peakDbfs: inDbfs(this.#peak),
      clippedSamples: this.#clipped,
      noiseFloorDbfs,
      signalToNoiseDb: this.#percentile(LOUD_SHARE) - noiseFloorDbfs,
      leadingSilenceMs: firstSound * FRAME_MS,
      trailingSilenceMs: Math.max(0, this.#frames - 1 - this.#lastSoundFrame) * FRAME_MS,
      longestSilenceMs: this.#longestGapFrames * FRAME_MS,
    };
  }

  #endFrame(): void {
    const levelDbfs = inDbfs(Math.sqrt(this.#frameEnergy / this.#frameLength));
    const bin = Math.round(levelDbfs) - LOWEST_DBFS;
    this.#histogram[bin] = (this.#histogram[bin] ?? 0) + 1;
    if (levelDbfs >= SILENCE_DBFS) {
      this.#firstSoundFrame ??= this.#frames;
      if (this.#lastSoundFrame >= 0) {
        this.#longestGapFrames = Math.max(this.#longestGapFrames, this.#frames - this.#lastSoundFrame - 1);
      }
      this.#lastSoundFrame = this.#frames;
    }
    this.#frames += 1;
    this.#frameEnergy = 0;
    this.#frameLength = 0;
  }

  #percentile(share: number): number {
    let count = 0;
    for (const [bin, frames] of this.#histogram.entries()) {
      count += frames;
      if (count > this.#frames * share) {
        return bin + LOWEST_DBFS;
      }
    }
    return LOWEST_DBFS;
  }
}

function inDbfs(level: number): number {
  return level === 0 ? LOWEST_DBFS : Math.max(LOWEST_DBFS, 20 * Math.log10(level));
}
