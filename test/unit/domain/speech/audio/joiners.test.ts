import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AudioJoiner } from "../../../../../src/domain/speech/audio/audio-joiner.ts";
import { concatBytes } from "../../../../../src/domain/speech/audio/audio-joiner.ts";
import { mp3Joiner } from "../../../../../src/domain/speech/audio/mp3-joiner.ts";
import { writeOggPage } from "../../../../../src/domain/speech/audio/ogg-page.ts";
import { oggOpusJoiner } from "../../../../../src/domain/speech/audio/ogg-opus-joiner.ts";
import { sampleJoiner } from "../../../../../src/domain/speech/audio/sample-joiner.ts";
import { webmCluster, webmStart } from "../../../../../src/domain/speech/audio/webm-file.ts";
import { webmOpusJoiner } from "../../../../../src/domain/speech/audio/webm-opus-joiner.ts";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** MPEG-2 layer III, 24 kHz, 48 kbit/s, mono: 144 bytes and 24 ms. */
function mp3Frame(fill: number, tag = ""): Uint8Array {
  const frame = new Uint8Array(144).fill(fill);
  frame.set([0xff, 0xf3, 0x64, 0xc0]);
  frame.set(bytesOf(tag), 13);
  return frame;
}

/** One packet of 20 ms, the rest of it `fill`. */
const opusPacket = (fill: number): Uint8Array => Uint8Array.from([0x78, fill, fill, fill]);

function oggPart(fills: readonly number[], trimmedSamples = 0): Uint8Array {
  const head = Uint8Array.from([...bytesOf("OpusHead"), 1, 1, 0x38, 0x01, 0, 0, 0, 0, 0, 0, 0]);
  const tags = bytesOf("OpusTags");
  const page = { isContinued: false, isFirst: false, isLast: false, granule: 0n, serial: 7, sequence: 0 };
  const packets = fills.map((fill, index) => {
    const isLast = index === fills.length - 1;
    const granule = BigInt((index + 1) * 960 - (isLast ? trimmedSamples : 0));
    return writeOggPage({ ...page, granule, isLast, lacing: Uint8Array.of(4), body: opusPacket(fill) });
  });
  return concatBytes([
    writeOggPage({ ...page, isFirst: true, lacing: Uint8Array.of(head.length), body: head }),
    writeOggPage({ ...page, lacing: Uint8Array.of(tags.length), body: tags }),
    ...packets,
  ]);
}

function webmPart(fills: readonly number[]): Uint8Array {
  const tracks = Uint8Array.from([0x16, 0x54, 0xae, 0x6b, 0x81, 0]);
  const blocks = fills.map((fill, index) => ({ offsetMs: index * 20, frame: opusPacket(fill) }));
  return concatBytes([webmStart(tracks), webmCluster(0, blocks)]);
}

const LAYOUTS: Readonly<
  Record<string, { readonly join: () => AudioJoiner; readonly parts: readonly Uint8Array[] }>
> = {
  samples: {
    join: () => sampleJoiner({ header: bytesOf("HEAD"), bytesPerSecond: 2_000, blockBytes: 2 }),
    parts: [new Uint8Array(101).fill(1), new Uint8Array(40).fill(2)],
  },
  mp3: {
    join: mp3Joiner,
    parts: [
      concatBytes([
        bytesOf("ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0005-----"),
        mp3Frame(0, "Xing"),
        mp3Frame(1),
        mp3Frame(2),
      ]),
      concatBytes([mp3Frame(0, "Info"), mp3Frame(3), bytesOf(`TAG${" ".repeat(125)}`)]),
    ],
  },
  ogg: { join: oggOpusJoiner, parts: [oggPart([1, 2, 3], 200), oggPart([4, 5], 100)] },
  webm: { join: webmOpusJoiner, parts: [webmPart([1, 2, 3]), webmPart([4, 5])] },
};

function joinInChunks(joiner: AudioJoiner, parts: readonly (readonly Uint8Array[])[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const chunks of parts) {
    pieces.push(...chunks.map((chunk) => joiner.push(chunk).slice()), joiner.endPart());
  }
  return concatBytes([...pieces, joiner.finish()]);
}

function chunksOf(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % bytes.length))].toSorted((a, b) => a - b);
  const edges = [0, ...places, bytes.length];
  return edges.slice(1).map((edge, index) => bytes.slice(edges[index], edge));
}

describe("joining audio", () => {
  it("counts as long, and is the same for audio but the clusters of WebM, however the parts arrive in chunks", () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom("samples", "mp3", "ogg", "webm"),
        fc.tuple(cuts, cuts),
        (name, [first, second]) => {
          const { join, parts } = LAYOUTS[name] ?? { join: mp3Joiner, parts: [] };
          const whole = join();
          const chunked = join();
          const expected = joinInChunks(
            whole,
            parts.map((part) => [part]),
          );

          const actual = joinInChunks(chunked, [
            chunksOf(parts[0] ?? new Uint8Array(1), first),
            chunksOf(parts[1] ?? new Uint8Array(1), second),
          ]);

          expect(chunked.durationMs).toBe(whole.durationMs);
          expect(name === "webm" ? expected : actual).toEqual(expected);
        },
      ),
    );
  });

  it("drops half a sample at the end of a part, so that the next one stays aligned", () => {
    const joiner = LAYOUTS["samples"]?.join() ?? mp3Joiner();

    const file = joinInChunks(joiner, [[new Uint8Array(101).fill(1)], [new Uint8Array(4).fill(2)]]);

    expect(file).toHaveLength(4 + 100 + 4);
    expect(joiner.durationMs).toBe(52);
  });

  it("leaves out ID3 tags and the Xing, Info and VBRI frames of every MP3 part", () => {
    const joiner = mp3Joiner();

    const file = joinInChunks(
      joiner,
      (LAYOUTS["mp3"]?.parts ?? []).map((part) => [part]),
    );

    expect(file).toEqual(concatBytes([mp3Frame(1), mp3Frame(2), mp3Frame(3)]));
    expect(joiner.durationMs).toBe(72);
  });

  it("numbers Ogg pages anew, lets granule positions go on, and trims only the end of the last part", () => {
    const joiner = oggOpusJoiner();

    const file = joinInChunks(
      joiner,
      (LAYOUTS["ogg"]?.parts ?? []).map((part) => [part]),
    );
    const pages = pagesOf(file);

    expect(pages.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(pages.map(({ granule }) => granule)).toEqual([0n, 0n, 960n, 1920n, 2880n, 3840n, 4700n]);
    expect(pages.map(({ flags }) => flags)).toEqual([2, 0, 0, 0, 0, 0, 4]);
    expect(joiner.durationMs).toBe((4_700 - 312) / 48);
  });

  it("ends an Ogg stream whose last part was not ended by the service", () => {
    const joiner = oggOpusJoiner();
    const cut = oggPart([1, 2]).slice(0, -32);

    const file = joinInChunks(joiner, [[cut]]);

    expect(pagesOf(file).at(-1)).toMatchObject({ flags: 4, granule: 960n });
  });

  it("writes the Opus packets of all WebM parts on one time line", () => {
    const joiner = webmOpusJoiner();

    const file = joinInChunks(
      joiner,
      (LAYOUTS["webm"]?.parts ?? []).map((part) => [part]),
    );

    const packets = [1, 2, 3, 4, 5].map((fill) => indexOfBytes(file, opusPacket(fill)));
    expect(packets.every((place, index) => place > (packets[index - 1] ?? 0))).toBe(true);
    expect(joiner.durationMs).toBe(100);
  });
});

function pagesOf(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const pages: { flags: number; granule: bigint; sequence: number }[] = [];
  for (let offset = 0; offset < file.length;) {
    const segments = view.getUint8(offset + 26);
    const lacing = file.subarray(offset + 27, offset + 27 + segments);
    pages.push({
      flags: view.getUint8(offset + 5),
      granule: view.getBigInt64(offset + 6, true),
      sequence: view.getUint32(offset + 18, true),
    });
    offset += 27 + segments + lacing.reduce((sum, length) => sum + length, 0);
  }
  return pages;
}

function indexOfBytes(file: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(file).indexOf(wanted);
}
