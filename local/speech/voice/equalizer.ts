/** Edges of the octave bands in which a voice's colour is measured and imitated. */
export const BAND_EDGES_HZ: readonly number[] = [100, 200, 400, 800, 1600, 3200, 6400];

const OCTAVE_Q = 0.9;
const PEAK = 32_000;

interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Peaking filters in a row, one per octave band, and a limiter that never lets the sum clip. */
export class Equalizer {
  readonly #sections: readonly Section[];
  readonly #state: Float64Array;
  #gain = 1;

  constructor(bandGainsDb: readonly number[], sampleRateHz: number) {
    this.#sections = bandGainsDb.map((gainDb, band) => peakingSection(centreHz(band), gainDb, sampleRateHz));
    this.#state = new Float64Array(this.#sections.length * 4);
  }

  process(samples: Int16Array): Int16Array {
    if (this.#sections.length === 0) {
      return samples;
    }
    const filtered = Float64Array.from(samples);
    this.#sections.forEach((section, index) => {
      runSection(section, this.#state.subarray(index * 4, index * 4 + 4), filtered);
    });
    const peak = filtered.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
    this.#gain = Math.min(this.#gain, PEAK / Math.max(peak, 1));
    return Int16Array.from(filtered, (value) => Math.round(value * this.#gain));
  }
}

function centreHz(band: number): number {
  return Math.sqrt((BAND_EDGES_HZ[band] ?? 0) * (BAND_EDGES_HZ[band + 1] ?? 0));
}

/** @see https://www.w3.org/TR/audio-eq-cookbook/ peakingEQ */
function peakingSection(frequencyHz: number, gainDb: number, sampleRateHz: number): Section {
  const amplitude = 10 ** (gainDb / 40);
  const angle = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const alpha = Math.sin(angle) / (2 * OCTAVE_Q);
  const a0 = 1 + alpha / amplitude;
  return {
    b0: (1 + alpha * amplitude) / a0,
    b1: (-2 * Math.cos(angle)) / a0,
    b2: (1 - alpha * amplitude) / a0,
    a1: (-2 * Math.cos(angle)) / a0,
    a2: (1 - alpha / amplitude) / a0,
  };
}

/** @param state the last two inputs and outputs of the section. */
function runSection({ b0, b1, b2, a1, a2 }: Section, state: Float64Array, samples: Float64Array): void {
  let [x1 = 0, x2 = 0, y1 = 0, y2 = 0] = state;
  samples.forEach((x, index) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[index] = y;
  });
  state.set([x1, x2, y1, y2]);
}
