import { describe, expect, it } from "vitest";
import { wavHeader } from "../../../../../local/speech/audio/wav-header.ts";
import { Equalizer } from "../../../../../local/speech/voice/equalizer.ts";
import { parseWav } from "../../../../../local/speech/voice/parse-wav.ts";
import { pitchStatistics } from "../../../../../local/speech/voice/pitch.ts";
import { relativeBandLevelsDb, spectralTiltDbPerOctave } from "../../../../../local/speech/voice/spectrum.ts";
import { UnreadableRecordingError } from "../../../../../local/speech/voice/unreadable-recording-error.ts";

const RATE_HZ = 22_050;

describe("measuring pitch", () => {
  it.each([80, 120, 210, 380])("finds %i Hz in a buzz", (pitchHz) => {
    const { medianHz, spreadSemitones } = pitchStatistics(buzz(pitchHz), RATE_HZ);

    expect(medianHz / pitchHz).toBeCloseTo(1, 2);
    expect(spreadSemitones).toBeLessThan(0.2);
  });

  it("finds none in silence and in noise", () => {
    let seed = 1;
    const noise = Int16Array.from({ length: RATE_HZ }, () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return (seed % 20_000) - 10_000;
    });

    expect(pitchStatistics(new Int16Array(RATE_HZ), RATE_HZ).medianHz).toBe(0);
    expect(pitchStatistics(noise, RATE_HZ).voicedFrameCount).toBeLessThan(5);
  });
});

describe("the colour of a voice", () => {
  it("is changed band by band by the equalizer", () => {
    const sound = buzz(100);
    const equalizer = new Equalizer([0, 0, 0, -12, 0, 0], RATE_HZ);

    const before = relativeBandLevelsDb(sound, RATE_HZ);
    const after = relativeBandLevelsDb(equalizer.process(sound), RATE_HZ);

    const change = before.map((level, band) => (after[band] ?? 0) - level);
    expect(change.indexOf(Math.min(...change))).toBe(3);
    expect(Math.min(...change) - Math.max(...change)).toBeLessThan(-9);
  });

  it("has a tilt, which falls when high bands are cut", () => {
    const dull = new Equalizer([6, 3, 0, -3, -6, -9], RATE_HZ).process(buzz(100));

    expect(spectralTiltDbPerOctave(dull, RATE_HZ)).toBeLessThan(
      spectralTiltDbPerOctave(buzz(100), RATE_HZ) - 2,
    );
  });

  it("never clips", () => {
    const loud = new Equalizer([12, 12, 12, 12, 12, 12], RATE_HZ).process(buzz(100));

    expect(Math.max(...loud)).toBeLessThanOrEqual(32_000);
  });
});

describe("reading WAV", () => {
  it("takes the first channel at the rate of the file", () => {
    const header = wavHeader({ codec: "pcm", sampleRateHz: 16_000 }, 6);

    expect(parseWav(Buffer.concat([header, int16Bytes(1, -2, 3)]))).toEqual({
      samples: Int16Array.of(1, -2, 3),
      sampleRateHz: 16_000,
    });
  });

  it.each([
    ["a header that ends early", wavHeader({ codec: "pcm", sampleRateHz: 16_000 }, 0).subarray(0, 30)],
    ["no samples of a known kind", wavHeader({ codec: "mp3", sampleRateHz: 16_000 }, 0)],
    ["nothing", new Uint8Array(12)],
  ])("refuses a file with %s", (_, bytes) => {
    expect(() => parseWav(bytes)).toThrow(UnreadableRecordingError);
  });
});

/** A second with all harmonics below 5 kHz. */
function buzz(pitchHz: number): Int16Array {
  const harmonics = Array.from({ length: Math.floor(5000 / pitchHz) }, (_, index) => index + 1);
  return Int16Array.from({ length: RATE_HZ }, (_, index) =>
    Math.round(
      harmonics.reduce(
        (sum, order) => sum + (3000 / order) * Math.sin((2 * Math.PI * pitchHz * order * index) / RATE_HZ),
        0,
      ),
    ),
  );
}

function int16Bytes(...samples: readonly number[]): Uint8Array {
  return new Uint8Array(Int16Array.from(samples).buffer);
}
