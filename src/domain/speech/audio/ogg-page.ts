const HEADER_BYTES = 27;
const CONTINUED = 1;
const BEGIN_OF_STREAM = 2;
const END_OF_STREAM = 4;
const CRC_OFFSET = 22;

/** Granule position of a page on which no packet ends. */
export const NO_GRANULE = -1n;

export interface OggPage {
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
  /** Segment lengths; a packet ends at each one below 255. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Reads the page at an offset.
 *
 * @returns undefined while the page is not complete; `sizeBytes` 1 stands for a byte that is no part of a page.
 * @see RFC 3533, section 6
 */
export function oggPageAt(
  bytes: Uint8Array,
  offset: number,
): { readonly page: OggPage | undefined; readonly sizeBytes: number } | undefined {
  const isPage = "OggS".split("").every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
  if (offset + HEADER_BYTES > bytes.length) {
    return undefined;
  }
  if (!isPage) {
    return { page: undefined, sizeBytes: 1 };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const bodyStart = offset + HEADER_BYTES + view.getUint8(26);
  const lacing = bytes.subarray(offset + HEADER_BYTES, bodyStart);
  const end = lacing.reduce((sum, length) => sum + length, bodyStart);
  if (bodyStart > bytes.length || end > bytes.length) {
    return undefined;
  }
  const flags = view.getUint8(5);
  const page: OggPage = {
    isContinued: (flags & CONTINUED) !== 0,
    isFirst: (flags & BEGIN_OF_STREAM) !== 0,
    isLast: (flags & END_OF_STREAM) !== 0,
    granule: view.getBigInt64(6, true),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    lacing,
    body: bytes.subarray(bodyStart, end),
  };
  return { page, sizeBytes: end - offset };
}

export function writeOggPage(page: OggPage): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + page.lacing.length + page.body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x4f, 0x67, 0x67, 0x53]);
  const flags = [
    page.isContinued ? CONTINUED : 0,
    page.isFirst ? BEGIN_OF_STREAM : 0,
    page.isLast ? END_OF_STREAM : 0,
  ];
  view.setUint8(
    5,
    flags.reduce((sum, flag) => sum | flag, 0),
  );
  view.setBigInt64(6, page.granule, true);
  view.setUint32(14, page.serial, true);
  view.setUint32(18, page.sequence, true);
  view.setUint8(26, page.lacing.length);
  bytes.set(page.lacing, HEADER_BYTES);
  bytes.set(page.body, HEADER_BYTES + page.lacing.length);
  view.setUint32(CRC_OFFSET, oggChecksum(bytes), true);
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) {
    value = (value << 1) ^ ((value & 0x80000000) === 0 ? 0 : 0x04c11db7);
  }
  return value >>> 0;
});

/** CRC-32 without reflection, over the page with a checksum of zero. */
function oggChecksum(bytes: Uint8Array): number {
  let checksum = 0;
  for (const byte of bytes) {
    checksum = ((checksum << 8) ^ (CRC_TABLE[((checksum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  }
  return checksum;
}
