import { crc32Ogg } from "./ogg-crc.ts";
import type { OpusMuxer, OpusStreamInfo } from "./opus-muxer.ts";

/** Flags of a page. */
const FIRST_PAGE = 0x02;
const LAST_PAGE = 0x04;

/** Any number does: a stand-in's file holds a single stream. */
const SERIAL = 0x5eec4;
const HEADER_SIZE_BYTES = 27;
const MAX_SEGMENT_BYTES = 255;
const VENDOR = "stand-in";
const NOTHING = new Uint8Array(0);

/**
 * One packet per page, so that every packet leaves at once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3533 https://www.rfc-editor.org/rfc/rfc7845
 */
export function oggOpusMuxer({ sampleRateHz, preSkip }: OpusStreamInfo): OpusMuxer {
  let sequence = 0;
  let granule = 0;
  let held: Uint8Array | undefined;

  const page = (packet: Uint8Array, flags: number, position: number): Uint8Array => {
    const bytes = pageOf(packet, { flags, position, sequence });
    sequence += 1;
    return bytes;
  };
  /** A page leaves when the next one comes: only then is it known not to be the last. */
  const flush = (): Uint8Array => (held === undefined ? NOTHING : page(held, 0, granule));
  return {
    write(packets, packetSamples) {
      const pages: Uint8Array[] =
        sequence === 0
          ? [page(identification(sampleRateHz, preSkip), FIRST_PAGE, 0), page(comments(), 0, 0)]
          : [];
      for (const packet of packets) {
        pages.push(flush());
        held = packet;
        granule += packetSamples;
      }
      return Buffer.concat(pages);
    },
    finish(totalCount) {
      return page(held ?? NOTHING, LAST_PAGE, Math.min(granule, totalCount + preSkip));
    },
  };
}

interface PageInfo {
  readonly flags: number;
  /** Samples at 48 kHz up to the end of the page, the skipped ones included. */
  readonly position: number;
  readonly sequence: number;
}

function pageOf(packet: Uint8Array, { flags, position, sequence }: PageInfo): Uint8Array {
  const segmentCount = Math.floor(packet.length / MAX_SEGMENT_BYTES) + 1;
  const bytes = Buffer.alloc(HEADER_SIZE_BYTES + segmentCount + packet.length);
  bytes.write("OggS", 0, "latin1");
  bytes.writeUInt8(flags, 5);
  bytes.writeBigUInt64LE(BigInt(position), 6);
  bytes.writeUInt32LE(SERIAL, 14);
  bytes.writeUInt32LE(sequence, 18);
  bytes.writeUInt8(segmentCount, 26);
  bytes.fill(MAX_SEGMENT_BYTES, HEADER_SIZE_BYTES, HEADER_SIZE_BYTES + segmentCount - 1);
  bytes.writeUInt8(packet.length % MAX_SEGMENT_BYTES, HEADER_SIZE_BYTES + segmentCount - 1);
  bytes.set(packet, HEADER_SIZE_BYTES + segmentCount);
  bytes.writeUInt32LE(crc32Ogg(bytes), 22);
  return bytes;
}

/** The identification header; Matroska keeps the same bytes as the private data of its codec. */
export function identification(sampleRateHz: number, preSkip: number): Uint8Array {
  const header = Buffer.alloc(19);
  header.write("OpusHead", 0, "latin1");
  header.writeUInt8(1, 8);
  header.writeUInt8(1, 9);
  header.writeUInt16LE(preSkip, 10);
  header.writeUInt32LE(sampleRateHz, 12);
  return header;
}

function comments(): Uint8Array {
  const header = Buffer.alloc(16 + VENDOR.length);
  header.write("OpusTags", 0, "latin1");
  header.writeUInt32LE(VENDOR.length, 8);
  header.write(VENDOR, 12, "latin1");
  return header;
}
