import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeWav } from "../../../../local/stand-in/encode-wav.ts";
import { readWav } from "../../../../local/stand-in/wav-file.ts";
import { wavRecording } from "../../../support/wav-recording.ts";

describe("a WAV file", () => {
  it("tells its format, audio and comment", () => {
    const file = wavRecording({ seconds: 0.5, channelCount: 2, sampleRateHz: 8000, comment: "Hello." });

    expect(readWav(file)).toMatchObject({
      formatTag: 1,
      channelCount: 2,
      sampleRateHz: 8000,
      bitsPerSample: 16,
      comment: "Hello.",
      data: { length: 16_000 },
    });
  });

  it("may say that it is longer than it is, as one that was streamed does", () => {
    const file = encodeWav(new Int16Array(100), 16_000);
    file.writeUInt32LE(0xffffffff, 40);

    expect(readWav(file)?.data).toHaveLength(200);
  });

  it("gives back the samples that were written", () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        const data = readWav(encodeWav(samples, 24_000))?.data ?? Buffer.alloc(0);

        expect(Array.from(samples.keys(), (index) => data.readInt16LE(index * 2))).toEqual([...samples]);
      }),
    );
  });

  it("is never seen in any other bytes, and none of them break the reader", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const file = Buffer.concat([Buffer.from("RIFFxxxxWAVE"), bytes]);

        expect(() => readWav(file)).not.toThrow();
        expect(readWav(bytes)).toBeUndefined();
      }),
    );
  });
});
