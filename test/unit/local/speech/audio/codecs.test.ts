import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeAlaw, encodeMulaw } from "../../../../../local/speech/audio/g711.ts";
import { crc32Ogg } from "../../../../../local/speech/audio/ogg-crc.ts";
import { findOutputFormat, outputFormats } from "../../../../../local/speech/audio/output-format.ts";
import { pcmEncoder } from "../../../../../local/speech/audio/pcm-encoder.ts";
import { riffEncoder } from "../../../../../local/speech/audio/riff-encoder.ts";

const sample = fc.integer({ min: -32_768, max: 32_767 });

describe("G.711", () => {
  it.each([
    [0, 0xff, 0xd5],
    [-1, 0x7f, 0x55],
    [32_767, 0x80, 0xaa],
    [-32_768, 0x00, 0x2a],
    [1000, 0xce, 0xfa],
  ])("encodes %i as the standard says", (value, mulaw, alaw) => {
    expect([encodeMulaw(value), encodeAlaw(value)]).toEqual([mulaw, alaw]);
  });

  it("keeps the order of samples", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];

        expect(decodeAlaw(encodeAlaw(low))).toBeLessThanOrEqual(decodeAlaw(encodeAlaw(high)));
        expect(decodeMulaw(encodeMulaw(low))).toBeLessThanOrEqual(decodeMulaw(encodeMulaw(high)));
      }),
    );
  });

  it("changes a sample by at most a sixteenth, or by a step near zero", () => {
    fc.assert(
      fc.property(sample, (value) => {
        const tolerance = Math.abs(value) / 16 + 40;

        expect(Math.abs(decodeAlaw(encodeAlaw(value)) - value)).toBeLessThanOrEqual(tolerance);
        expect(Math.abs(decodeMulaw(encodeMulaw(value)) - value)).toBeLessThanOrEqual(tolerance + 130);
      }),
    );
  });
});

describe("the checksum of Ogg", () => {
  it("is CRC-32 without reflection", () => {
    expect(crc32Ogg(Buffer.from("123456789"))).toBe(0x89a1897f);
  });
});

describe("RIFF", () => {
  it("says its own size and holds all samples", () => {
    const format = findOutputFormat("riff-16khz-16bit-mono-pcm");
    const encoder = riffEncoder(pcmEncoder("pcm"), format ?? raise());

    const held = encoder.encode(Int16Array.of(1, 2));
    encoder.encode(Int16Array.of(-3));
    const wav = Buffer.from(encoder.finish());

    expect(held.length).toBe(0);
    expect([wav.length, wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([50, 42, 6]);
    expect([wav.readUInt32LE(24), wav.readInt16LE(48)]).toEqual([16_000, -3]);
  });
});

describe("output formats", () => {
  it("are found by Azure's names, with what the name says", () => {
    expect(findOutputFormat("audio-24khz-160kbitrate-mono-mp3")).toMatchObject({
      codec: "mp3",
      sampleRateHz: 24_000,
      bitrateKbps: 160,
    });
    expect(findOutputFormat("webm-24khz-16bit-24kbps-mono-opus")).toMatchObject({
      container: "webm",
      codec: "opus",
      bitrateKbps: 24,
    });
    expect(findOutputFormat("raw-22050hz-16bit-mono-pcm")).toMatchObject({
      container: "raw",
      codec: "pcm",
      sampleRateHz: 22_050,
    });
    expect(outputFormats.every(({ sampleRateHz }) => sampleRateHz >= 8000)).toBe(true);
  });

  it.each([
    "amr-wb-16000hz",
    "g722-16khz-64kbps",
    "raw-16khz-16bit-mono-truesilk",
    "audio-16khz-16bit-32kbps-mono-opus",
    "mp3",
    "",
  ])("do not hold %j", (name) => {
    expect(findOutputFormat(name)).toBeUndefined();
  });
});

function decodeMulaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
}

function decodeAlaw(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code >> 4) & 7;
  const mantissa = ((code & 0x0f) << 4) + (segment === 0 ? 8 : 0x108);
  const magnitude = segment > 1 ? mantissa << (segment - 1) : mantissa;
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}

function raise(): never {
  throw new Error("The format is missing.");
}
