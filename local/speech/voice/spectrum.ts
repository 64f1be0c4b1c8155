import { BAND_EDGES_HZ } from "./equalizer.ts";

/** A power of two. */
const FRAME_LENGTH = 1024;
/** Frames with less energy than this are pauses. */
const ENERGY_FLOOR = 1e-3;
const SMALLEST_POWER = 1e-12;

/** Mean level of each octave band over the speech in a recording, with the mean of all bands taken off. */
export function relativeBandLevelsDb(pcm: Int16Array, sampleRateHz: number): readonly number[] {
  const power = longTermPower(pcm);
  const levels = BAND_EDGES_HZ.slice(0, -1).map((lowHz, band) => {
    const highHz = BAND_EDGES_HZ[band + 1] ?? lowHz;
    const bins = power.filter((_, bin) => {
      const frequencyHz = (bin * sampleRateHz) / FRAME_LENGTH;
      return frequencyHz >= lowHz && frequencyHz < highHz;
    });
    return 10 * Math.log10(mean(bins) + SMALLEST_POWER);
  });
  const middle = mean(levels);
  return levels.map((level) => level - middle);
}

/** Slope of the levels of the octave bands. */
export function spectralTiltDbPerOctave(pcm: Int16Array, sampleRateHz: number): number {
  const levels = relativeBandLevelsDb(pcm, sampleRateHz);
  const centre = (levels.length - 1) / 2;
  const covariance = levels.reduce((sum, level, band) => sum + (band - centre) * level, 0);
  const variance = levels.reduce((sum, _, band) => sum + (band - centre) ** 2, 0);
  return covariance / variance;
}

/** Mean power spectrum of the frames that are not silent. */
function longTermPower(pcm: Int16Array): Float64Array {
  const total = new Float64Array(FRAME_LENGTH / 2);
  let frameCount = 0;
  for (let start = 0; start + FRAME_LENGTH < pcm.length; start += FRAME_LENGTH / 2) {
    const real = windowed(pcm, start);
    if (real.reduce((sum, value) => sum + value * value, 0) >= ENERGY_FLOOR) {
      const imaginary = new Float64Array(FRAME_LENGTH);
      transform(real, imaginary);
      total.forEach((sum, bin) => {
        total[bin] = sum + at(real, bin) ** 2 + at(imaginary, bin) ** 2;
      });
      frameCount += 1;
    }
  }
  return total.map((sum) => sum / Math.max(1, frameCount));
}

function windowed(pcm: Int16Array, start: number): Float64Array {
  return Float64Array.from({ length: FRAME_LENGTH }, (_, index) => {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / FRAME_LENGTH);
    return ((pcm[start + index] ?? 0) / 32_768) * hann;
  });
}

/** Fast Fourier transform in place, radix 2. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  reorder(real);
  for (let length = 2; length <= FRAME_LENGTH; length *= 2) {
    for (let bin = 0; bin < length / 2; bin += 1) {
      const angle = (-2 * Math.PI * bin) / length;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let low = bin; low < FRAME_LENGTH; low += length) {
        const high = low + length / 2;
        const turnedReal = at(real, high) * cosine - at(imaginary, high) * sine;
        const turnedImaginary = at(real, high) * sine + at(imaginary, high) * cosine;
        real[high] = at(real, low) - turnedReal;
        imaginary[high] = at(imaginary, low) - turnedImaginary;
        real[low] = at(real, low) + turnedReal;
        imaginary[low] = at(imaginary, low) + turnedImaginary;
      }
    }
  }
}

/** Puts samples in the order of their reversed bits. */
function reorder(values: Float64Array): void {
  let reversed = 0;
  for (let index = 1; index < FRAME_LENGTH; index += 1) {
    let bit = FRAME_LENGTH >> 1;
    while ((reversed & bit) !== 0) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed ^= bit;
    if (index < reversed) {
      const kept = at(values, index);
      values[index] = at(values, reversed);
      values[reversed] = kept;
    }
  }
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
