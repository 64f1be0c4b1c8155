import { type AudioJoiner, concatBytes, NO_BYTES } from "./audio-joiner.ts";

/** Of a constant-rate stream without frames. */
export interface SampleLayout {
  /** Bytes written before the first part. */
  readonly header: Uint8Array;
  readonly bytesPerSecond: number;
  /** Audio is cut at multiples of this: 2 for 16-bit samples. */
  readonly blockBytes: number;
}

/** Joins headerless samples; an incomplete sample at the end of a part is dropped, so that the next one stays aligned. */
export function sampleJoiner({ header, bytesPerSecond, blockBytes }: SampleLayout): AudioJoiner {
  let pending = header;
  let rest = NO_BYTES;
  let sizeBytes = 0;
  return {
    push(chunk) {
      const joined = rest.length === 0 ? chunk : concatBytes([rest, chunk]);
      const whole = joined.length - (joined.length % blockBytes);
      rest = joined.slice(whole);
      sizeBytes += whole;
      const body = joined.subarray(0, whole);
      const out = pending.length === 0 ? body : concatBytes([pending, body]);
      pending = NO_BYTES;
      return out;
    },
    endPart() {
      rest = NO_BYTES;
      return NO_BYTES;
    },
    finish() {
      return pending;
    },
    get durationMs() {
      return (sizeBytes * 1_000) / bytesPerSecond;
    },
  };
}
