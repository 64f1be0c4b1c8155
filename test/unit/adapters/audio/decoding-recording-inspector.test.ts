import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodingRecordingInspector } from "../../../../src/adapters/audio/decoding-recording-inspector.ts";

interface Wav {
  readonly bitDepth: 8 | 16 | 24 | 32;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** -1..1 */
  readonly samples: readonly number[];
}

function wavFile({ bitDepth, channels, sampleRateHz, samples }: Wav): Buffer {
  const sampleBytes = bitDepth / 8;
  const data = Buffer.alloc(samples.length * channels * sampleBytes);
  samples.forEach((sample, index) => {
    const value = Math.round(sample * (2 ** (bitDepth - 1) - 1));
    for (let channel = 0; channel < channels; channel += 1) {
      const offset = (index * channels + channel) * sampleBytes;
      if (bitDepth === 8) {
        data.writeUInt8(value + 128, offset);
      } else {
        data.writeIntLE(value, offset, sampleBytes);
      }
    }
  });
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + data.length, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * channels * sampleBytes, 28);
  header.writeUInt16LE(channels * sampleBytes, 32);
  header.writeUInt16LE(bitDepth, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    yield bytes.subarray(offset, offset + pieceBytes);
  }
}

function tone(seconds: number, level: number, sampleRateHz = 16_000): number[] {
  return Array.from({ length: seconds * sampleRateHz }, (_, index) => level * Math.sin(index / 5));
}

function silence(seconds: number): number[] {
  return Array.from({ length: seconds * 16_000 }, () => 0);
}

const MONO = { bitDepth: 16, channels: 1, sampleRateHz: 16_000 } as const;

describe("inspecting a recording", () => {
  it.each([
    { bitDepth: 8, channels: 1 },
    { bitDepth: 16, channels: 2 },
    { bitDepth: 24, channels: 1 },
    { bitDepth: 32, channels: 2 },
  ] as const)("measures $bitDepth bits in $channels channels", async (format) => {
    const file = wavFile({ ...format, sampleRateHz: 16_000, samples: tone(2, 0.5) });

    const facts = await decodingRecordingInspector.inspect(inPieces(file, 1000));

    expect(facts).toMatchObject({ container: "wav", ...format, sampleRateHz: 16_000, durationMs: 2000 });
    expect(facts?.peakDbfs).toBeCloseTo(-6, 0);
  });

  it("says the same however the bytes are cut", async () => {
    const file = wavFile({ ...MONO, bitDepth: 24, channels: 2, samples: tone(0.1, 0.3) });
    const whole = await decodingRecordingInspector.inspect(inPieces(file, file.length));

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async (pieceBytes) => {
        expect(await decodingRecordingInspector.inspect(inPieces(file, pieceBytes))).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it("counts clipped samples and measures silence before, inside and after the sound", async () => {
    const samples = [...silence(1), ...tone(1, 1), ...silence(2), ...tone(1, 0.5), ...silence(3)];

    const facts = await decodingRecordingInspector.inspect(inPieces(wavFile({ ...MONO, samples }), 4096));

    expect(facts?.clippedSamples).toBeGreaterThan(10);
    expect(facts?.leadingSilenceMs).toBeCloseTo(1000, -2);
    expect(facts?.longestSilenceMs).toBeCloseTo(2000, -2);
    expect(facts?.trailingSilenceMs).toBeCloseTo(3000, -2);
  });

  it("tells the noise floor from the level of speech", async () => {
    const samples = Array.from({ length: 10 }, (_, index) => tone(0.2, index % 2 === 0 ? 0.5 : 0.005)).flat();

    const facts = await decodingRecordingInspector.inspect(inPieces(wavFile({ ...MONO, samples }), 4096));

    expect(facts?.signalToNoiseDb).toBeGreaterThan(35);
    expect(facts?.signalToNoiseDb).toBeLessThan(45);
  });

  it("trusts the samples that are there, not the length that the header claims", async () => {
    const file = wavFile({ ...MONO, samples: tone(2, 0.5) });

    const facts = await decodingRecordingInspector.inspect(inPieces(file.subarray(0, 44 + 16_000), 4096));

    expect(facts?.durationMs).toBe(500);
  });

  it("finds no audio in anything else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await decodingRecordingInspector.inspect(inPieces(bytes, 64))).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});
