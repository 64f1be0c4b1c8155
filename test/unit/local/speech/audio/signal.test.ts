import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Resampler } from "../../../../../local/speech/audio/resampler.ts";
import { concatSamples, SilenceTrimmer } from "../../../../../local/speech/audio/silence-trimmer.ts";

const FROM_HZ = 22_050;

describe("resampling", () => {
  it.each([8000, 16_000, 24_000, 44_100, 48_000])(
    "to %i Hz keeps length, pitch and level of a tone",
    (toHz) => {
      const converted = resampled(sine(1000, FROM_HZ, FROM_HZ), toHz);

      expect(converted.length).toBe(toHz);
      const middle = converted.subarray(toHz / 4, (3 * toHz) / 4);
      const ideal = sine(1000, toHz, toHz).subarray(toHz / 4, (3 * toHz) / 4);
      const noise = middle.reduce((sum, value, index) => sum + (value - (ideal[index] ?? 0)) ** 2, 0);
      const power = ideal.reduce((sum, value) => sum + value ** 2, 0);
      expect(10 * Math.log10(power / noise)).toBeGreaterThan(60);
    },
  );

  it("does not depend on how the stream is cut", () => {
    const tone = sine(440, FROM_HZ, 2000);
    const whole = resampled(tone, 24_000);

    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1999 }), (cut) => {
        const resampler = new Resampler(FROM_HZ, 24_000);
        const parts = [tone.subarray(0, cut), tone.subarray(cut)].map((part) => resampler.convert(part));

        expect(concatSamples([...parts, resampler.finish()])).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});

describe("trimming silence", () => {
  it("drops it before and after speech, and keeps it inside", () => {
    const trimmer = new SilenceTrimmer();

    const kept = [
      [0, 0],
      [0, 500],
      [0, 0],
      [0, -500, 0],
      [0, 0],
    ].map((part) => [...trimmer.push(Int16Array.from(part))]);

    expect(kept).toEqual([[], [500], [], [0, 0, 0, -500], []]);
    expect(trimmer.leadingCount).toBe(3);
  });
});

function resampled(samples: Int16Array, toHz: number): Int16Array {
  const resampler = new Resampler(FROM_HZ, toHz);
  return concatSamples([resampler.convert(samples), resampler.finish()]);
}

function sine(frequencyHz: number, rateHz: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, index) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * frequencyHz * index) / rateHz)),
  );
}
