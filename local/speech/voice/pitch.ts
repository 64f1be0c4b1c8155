const LOWEST_HZ = 60;
const HIGHEST_HZ = 450;
/** Enough for the highest pitch; less is faster. */
const ANALYSIS_RATE_HZ = 11_025;
const HOP_SECONDS = 0.01;
/** Frames quieter than this share of the loudest one's energy are not speech. */
const ENERGY_FLOOR = 0.02;
/** A period is accepted below this normalized difference (YIN's threshold). */
const YIN_THRESHOLD = 0.15;

export interface PitchStatistics {
  /** 0 when nothing in the recording has a pitch. */
  readonly medianHz: number;
  /** Standard deviation around the mean. */
  readonly spreadSemitones: number;
  readonly voicedFrameCount: number;
}

/** @returns 0 when nothing in the recording has a pitch. */
export function medianPitchHz(pcm: Int16Array, sampleRateHz: number): number {
  return pitchStatistics(pcm, sampleRateHz).medianHz;
}

export function pitchStatistics(pcm: Int16Array, sampleRateHz: number): PitchStatistics {
  const pitches = voicedPitchesHz(pcm, sampleRateHz).toSorted((a, b) => a - b);
  if (pitches.length === 0) {
    return { medianHz: 0, spreadSemitones: 0, voicedFrameCount: 0 };
  }
  const octaves = pitches.map((pitchHz) => Math.log2(pitchHz));
  const mean = octaves.reduce((sum, value) => sum + value, 0) / octaves.length;
  const variance = octaves.reduce((sum, value) => sum + (value - mean) ** 2, 0) / octaves.length;
  return {
    medianHz: pitches[pitches.length >> 1] ?? 0,
    spreadSemitones: 12 * Math.sqrt(variance),
    voicedFrameCount: pitches.length,
  };
}

/**
 * The pitch of every voiced frame.
 *
 * @see A. de Cheveigné, H. Kawahara: YIN, a fundamental frequency estimator for speech and music (2002)
 */
function voicedPitchesHz(pcm: Int16Array, sampleRateHz: number): number[] {
  const step = Math.max(1, Math.floor(sampleRateHz / ANALYSIS_RATE_HZ));
  const rateHz = sampleRateHz / step;
  const signal = decimate(pcm, step);
  const longestLag = Math.ceil(rateHz / LOWEST_HZ);
  const windowLength = longestLag;
  const hop = Math.round(rateHz * HOP_SECONDS);
  const starts = frameStarts(signal.length - windowLength - longestLag, hop);
  const energies = starts.map((start) => energyOf(signal.subarray(start, start + windowLength)));
  const floor = Math.max(...energies, 0) * ENERGY_FLOOR;
  return starts.flatMap((start, index) => {
    if ((energies[index] ?? 0) <= floor) {
      return [];
    }
    const frame = signal.subarray(start, start + windowLength + longestLag);
    const lag = periodOf(frame, { shortestLag: Math.floor(rateHz / HIGHEST_HZ), longestLag });
    return lag === undefined ? [] : [rateHz / lag];
  });
}

function frameStarts(end: number, hop: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil(end / hop)) }, (_, index) => index * hop);
}

function decimate(pcm: Int16Array, step: number): Float32Array {
  return Float32Array.from({ length: Math.floor(pcm.length / step) }, (_, index) => {
    let sum = 0;
    for (let offset = 0; offset < step; offset += 1) {
      sum += pcm[index * step + offset] ?? 0;
    }
    return sum / step / 32_768;
  });
}

function energyOf(frame: Float32Array): number {
  return frame.reduce((sum, value) => sum + value * value, 0);
}

/** @returns the period in samples, or undefined when the frame has none. */
function periodOf(
  frame: Float32Array,
  { shortestLag, longestLag }: { readonly shortestLag: number; readonly longestLag: number },
): number | undefined {
  const difference = new NormalizedDifference(frame, longestLag);
  for (let lag = shortestLag; lag < longestLag; lag += 1) {
    if (difference.at(lag) < YIN_THRESHOLD) {
      let lowest = lag;
      while (lowest + 1 < longestLag && difference.at(lowest + 1) < difference.at(lowest)) {
        lowest += 1;
      }
      return lowest + parabolicShift(difference, lowest);
    }
  }
  return undefined;
}

/** YIN's cumulative mean normalized difference, made no further than it is asked for. */
class NormalizedDifference {
  readonly #frame: Float32Array;
  readonly #windowLength: number;
  readonly #values = [1];
  #cumulative = 0;

  constructor(frame: Float32Array, windowLength: number) {
    this.#frame = frame;
    this.#windowLength = windowLength;
  }

  at(lag: number): number {
    while (this.#values.length <= lag) {
      this.#extend();
    }
    return this.#values[lag] ?? 1;
  }

  #extend(): void {
    const lag = this.#values.length;
    let sum = 0;
    for (let index = 0; index < this.#windowLength; index += 1) {
      const delta = (this.#frame[index] ?? 0) - (this.#frame[index + lag] ?? 0);
      sum += delta * delta;
    }
    this.#cumulative += sum;
    this.#values.push(this.#cumulative === 0 ? 1 : (sum * lag) / this.#cumulative);
  }
}

/** Where between two samples the minimum lies. */
function parabolicShift(difference: NormalizedDifference, lag: number): number {
  const [left, middle, right] = [difference.at(lag - 1), difference.at(lag), difference.at(lag + 1)];
  const curvature = left - 2 * middle + right;
  return curvature === 0 ? 0 : (left - right) / (2 * curvature);
}
