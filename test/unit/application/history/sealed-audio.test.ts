import { parseBuffer } from "music-metadata";
import { describe, expect, it } from "vitest";
import { makeFindSynthesis } from "../../../../src/application/history/find-synthesis.ts";
import { makeReadSynthesisAudio } from "../../../../src/application/history/read-synthesis-audio.ts";
import type { SpeechEvent } from "../../../../src/application/ports/speech-synthesizer.ts";
import { ebmlHeaderAt } from "../../../../src/domain/speech/audio/ebml.ts";
import { webmCluster, webmStart } from "../../../../src/domain/speech/audio/webm-file.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const MEGABYTE = 1024 * 1024;
const never = () => new AbortController().signal;

/** The audio as it was heard, and as the history gives it. */
async function heardAndKept(format: string, events: readonly SpeechEvent[]) {
  const { speakStream, records, blobs } = speakingWith(recordingSynthesizer(() => events));
  const request = asking("Hello", { format: { format }, cache: "bypass" });
  const stream = await speakStream(SPEAKER, request, never());
  const heard: Uint8Array[] = [];
  for await (const event of stream.events) {
    heard.push(...(event.kind === "audio" ? [event.bytes] : []));
  }
  const read = makeReadSynthesisAudio(makeFindSynthesis(records), blobs);
  const { body, sizeBytes } = await read(SPEAKER, stream.id, never());
  const kept = new Uint8Array(await new Response(body).arrayBuffer());
  return { heard: new Uint8Array(Buffer.concat(heard)), kept, sizeBytes };
}

function samples(sizeBytes: number): SpeechEvent {
  return { kind: "audio", bytes: new Uint8Array(sizeBytes).fill(7) };
}

/** A webm of 20 ms frames: 512 bytes each, told to be of a mono Opus track. */
function webm(frameCount: number): SpeechEvent {
  const tracks = Uint8Array.from([0x16, 0x54, 0xae, 0x6b, 0x80]);
  const isTwentyMs = 0x78;
  const frame = new Uint8Array(512).fill(isTwentyMs, 0, 1);
  const frames = Array.from({ length: frameCount }, () => frame);
  const clusters = frames.map((each, index) => webmCluster(index * 20, [{ offsetMs: 0, frame: each }]));
  return { kind: "audio", bytes: new Uint8Array(Buffer.concat([webmStart(tracks), ...clusters])) };
}

describe("streamed audio in the history", () => {
  it.each([0.5, 9])("tells its sizes when it is a WAV file of %d MB", async (megabytes) => {
    const chunks = Array.from({ length: megabytes * 8 }, () => samples(MEGABYTE / 8));

    const { heard, kept, sizeBytes } = await heardAndKept("wav", chunks);

    const view = new DataView(kept.buffer);
    const dataBytes = megabytes * MEGABYTE;
    expect(kept).toHaveLength(dataBytes + 44);
    expect(sizeBytes).toBe(kept.length);
    expect([view.getUint32(4, true), view.getUint32(40, true)]).toEqual([dataBytes + 36, dataBytes]);
    expect(Buffer.compare(kept.subarray(44), heard.subarray(44))).toBe(0);
    const { format } = await parseBuffer(kept, { mimeType: "audio/wav" }, { duration: true });
    expect(format.duration).toBeCloseTo(dataBytes / 48_000, 3);
  });

  it.each(["riff-8khz-8bit-mono-mulaw", "riff-8khz-8bit-mono-alaw"])(
    "tells its samples too in %s",
    async (format) => {
      const { kept } = await heardAndKept(format, [samples(5 * MEGABYTE)]);

      const view = new DataView(kept.buffer);
      const sizes = [4, 46, 54].map((offset) => view.getUint32(offset, true));
      expect(sizes).toEqual([5 * MEGABYTE + 50, 5 * MEGABYTE, 5 * MEGABYTE]);
    },
  );

  it.each([100, 10_000])("tells size and length when it is a WebM file of %d frames", async (frameCount) => {
    const { heard, kept, sizeBytes } = await heardAndKept("webm-opus", [webm(frameCount)]);

    const ebml = ebmlHeaderAt(kept, 0);
    const segmentOffset = (ebml?.headerBytes ?? 0) + (ebml?.sizeBytes ?? 0);
    const segment = ebmlHeaderAt(kept, segmentOffset);
    const { format } = await parseBuffer(kept, { mimeType: "audio/webm" }, { duration: true });
    expect(sizeBytes).toBe(heard.length);
    expect(segment?.sizeBytes).toBe(heard.length - segmentOffset - (segment?.headerBytes ?? 0));
    expect(format.duration).toBeCloseTo(frameCount / 50, 3);
  });

  it("is as it was heard when its format tells no size", async () => {
    const { heard, kept } = await heardAndKept("pcm", [samples(5 * MEGABYTE)]);

    expect(Buffer.compare(kept, heard)).toBe(0);
  });

  it("is read also when it is shorter than a header", async () => {
    const { kept } = await heardAndKept("pcm", [samples(10)]);

    expect([...kept]).toEqual(Array.from({ length: 10 }, () => 7));
  });
});
