import { type AudioJoiner, concatBytes, NO_BYTES } from "./audio-joiner.ts";
import { NO_GRANULE, type OggPage, oggPageAt, writeOggPage } from "./ogg-page.ts";
import { OPUS_RATE_HZ, opusPacketSamples } from "./opus-packet.ts";

const NO_LACING = new Uint8Array(0);

/** Granule position of the pages that hold the two header packets. */
const HEADER_GRANULE = 0;

/**
 * Joins Ogg Opus into one logical stream: later headers are left out, pages are numbered anew, and granule positions
 * go on from part to part. Only the end of the last part may trim samples.
 *
 * @see RFC 7845
 */
export function oggOpusJoiner(): AudioJoiner {
  const stream = new OpusPages();
  let rest = NO_BYTES;
  return {
    push(chunk) {
      const input = rest.length === 0 ? chunk : concatBytes([rest, chunk]);
      const pieces: Uint8Array[] = [];
      let offset = 0;
      for (let read = oggPageAt(input, 0); read !== undefined; read = oggPageAt(input, offset)) {
        if (read.page !== undefined) {
          pieces.push(...stream.take(read.page));
        }
        offset += read.sizeBytes;
      }
      rest = input.slice(offset);
      return concatBytes(pieces);
    },
    endPart() {
      rest = NO_BYTES;
      stream.endPart();
      return NO_BYTES;
    },
    finish: () => stream.finish(),
    get durationMs() {
      return stream.durationMs;
    },
  };
}

class OpusPages {
  #serial: number | undefined;
  #sequence = 0;
  #headersSeen = 0;
  #isFirstPart = true;
  #preSkip = 0;
  /** Samples of 48 kHz in all packets so far, and in those before this part. */
  #samples = 0;
  #samplesBefore = 0;
  /** Samples that the last page of the part just read would trim. */
  #trimmed = 0;
  #openPacket: Uint8Array = NO_BYTES;
  #held: OggPage | undefined;

  get durationMs(): number {
    return (Math.max(0, this.#samples - this.#preSkip - this.#trimmed) * 1_000) / OPUS_RATE_HZ;
  }

  take(page: OggPage): readonly Uint8Array[] {
    this.#serial ??= page.serial;
    if (this.#headersSeen < 2) {
      return this.#takeHeader(page);
    }
    const released = this.#release(false);
    this.#countPackets(page);
    const ends = page.lacing.some((length) => length < 255);
    if (page.isLast) {
      const granule = this.#samplesBefore + Number(page.granule);
      this.#trimmed = ends ? Math.max(0, this.#samples - granule) : 0;
      this.#held = page;
      return released;
    }
    return [...released, this.#write(page, { isLast: false, granule: ends ? this.#samples : undefined })];
  }

  endPart(): void {
    this.#headersSeen = 0;
    this.#isFirstPart = false;
    this.#samplesBefore = this.#samples;
    this.#openPacket = NO_BYTES;
  }

  finish(): Uint8Array {
    if (this.#held !== undefined) {
      return concatBytes(this.#release(true));
    }
    if (this.#serial === undefined) {
      return NO_BYTES;
    }
    const empty = { isContinued: false, isFirst: false, lacing: NO_LACING, body: NO_LACING };
    return this.#write(
      { ...empty, isLast: true, granule: 0n, serial: 0, sequence: 0 },
      {
        isLast: true,
        granule: this.#samples,
      },
    );
  }

  /** Each header page holds one whole header packet, or a piece of a long comment packet. */
  #takeHeader(page: OggPage): readonly Uint8Array[] {
    if (page.isFirst) {
      const view = new DataView(page.body.buffer, page.body.byteOffset, page.body.byteLength);
      this.#preSkip = this.#isFirstPart && page.body.length >= 12 ? view.getUint16(10, true) : this.#preSkip;
    }
    this.#headersSeen += page.lacing.some((length) => length < 255) ? 1 : 0;
    return this.#isFirstPart ? [this.#write(page, { isLast: false, granule: HEADER_GRANULE })] : [];
  }

  #release(isLast: boolean): readonly Uint8Array[] {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) {
      return [];
    }
    const granule = isLast ? this.#samples - this.#trimmed : this.#samples;
    this.#trimmed = isLast ? this.#trimmed : 0;
    return [this.#write(held, { isLast, granule })];
  }

  #countPackets(page: OggPage): void {
    let start = 0;
    let end = 0;
    for (const length of page.lacing) {
      end += length;
      if (length < 255) {
        const packet = page.body.subarray(start, end);
        const whole = this.#openPacket.length > 0 ? concatBytes([this.#openPacket, packet]) : packet;
        this.#samples += opusPacketSamples(whole);
        this.#openPacket = NO_BYTES;
        start = end;
      }
    }
    if (end > start && this.#openPacket.length < 2) {
      this.#openPacket = concatBytes([this.#openPacket, page.body.slice(start, end)]);
    }
  }

  #write(page: OggPage, { isLast, granule }: { isLast: boolean; granule: number | undefined }): Uint8Array {
    return writeOggPage({
      ...page,
      isLast,
      granule: granule === undefined ? NO_GRANULE : BigInt(granule),
      serial: this.#serial ?? 0,
      sequence: this.#sequence++,
    });
  }
}
