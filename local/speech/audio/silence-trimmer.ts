/** Below this a sample counts as silence; the quietest consonants lie well above. */
const SILENCE_AMPLITUDE = 60;

/** Removes the silence before and after a stream of speech, so that pauses are exactly those that were asked for. */
export class SilenceTrimmer {
  #held: Int16Array[] = [];
  #hasSound = false;
  #leadingCount = 0;

  /** How many samples of silence were dropped before the first sound. */
  get leadingCount(): number {
    return this.#leadingCount;
  }

  /** Silence is held back until sound follows it. */
  push(samples: Int16Array): Int16Array {
    const start = this.#hasSound ? 0 : samples.findIndex(isSound);
    if (start === -1) {
      this.#leadingCount += samples.length;
      return new Int16Array(0);
    }
    if (!this.#hasSound) {
      this.#hasSound = true;
      this.#leadingCount += start;
    }
    const end = samples.findLastIndex(isSound) + 1;
    if (end <= start) {
      this.#held.push(samples.slice(start));
      return new Int16Array(0);
    }
    const sounding = concatSamples([...this.#held, samples.subarray(start, end)]);
    this.#held = end < samples.length ? [samples.slice(end)] : [];
    return sounding;
  }
}

export function concatSamples(parts: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

function isSound(sample: number): boolean {
  return Math.abs(sample) > SILENCE_AMPLITUDE;
}
