/** Ids of the Matroska elements that matter here. @see RFC 9559 */
export const EBML_ID = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  void: 0xec,
} as const;

export interface EbmlHeader {
  readonly id: number;
  readonly headerBytes: number;
  /** Infinity for a size that the writer did not know. */
  readonly sizeBytes: number;
}

/** @returns undefined while the bytes do not hold a whole header. @see RFC 8794, section 4 */
export function ebmlHeaderAt(bytes: Uint8Array, offset: number): EbmlHeader | undefined {
  const idBytes = vintBytes(bytes[offset]);
  const sizeLength = vintBytes(bytes[offset + idBytes]);
  const headerBytes = idBytes + sizeLength;
  if (!Number.isFinite(headerBytes) || offset + headerBytes > bytes.length) {
    return undefined;
  }
  const size = vintAt(bytes, offset + idBytes, sizeLength);
  const isUnknown = size === 2 ** (7 * sizeLength) - 1;
  return { id: bigEndian(bytes, offset, idBytes), headerBytes, sizeBytes: isUnknown ? Infinity : size };
}

/** Length of a variable-size integer by its first byte; Infinity when there is none. */
export function vintBytes(first: number | undefined): number {
  return first === undefined || first === 0 ? Infinity : Math.clz32(first) - 23;
}

export function ebmlElement(id: number, content: Uint8Array): Uint8Array {
  const idBytes = bytesOf(id);
  const element = new Uint8Array(idBytes.length + 4 + content.length);
  element.set(idBytes);
  new DataView(element.buffer).setUint32(idBytes.length, 0x10000000 | content.length);
  element.set(content, idBytes.length + 4);
  return element;
}

/** Of a size that is written before it is known. */
export const SIZE_BYTES = 8;

/** A size in place of the unknown one of {@link openElement}. */
export function sizeOf(contentBytes: number): Uint8Array {
  const size = new Uint8Array(SIZE_BYTES);
  new DataView(size.buffer).setBigUint64(0, BigInt(contentBytes));
  size[0] = 0x01;
  return size;
}

/** The header of an element that goes on to the end of the file. */
export function openElement(id: number): Uint8Array {
  return Uint8Array.from([...bytesOf(id), 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
}

/** An unsigned integer in as few bytes as it needs. */
export function bytesOf(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return Uint8Array.from(bytes);
}

function vintAt(bytes: Uint8Array, offset: number, length: number): number {
  const first = (bytes[offset] ?? 0) & ((1 << (8 - length)) - 1);
  return first * 256 ** (length - 1) + bigEndian(bytes, offset + 1, length - 1);
}

function bigEndian(bytes: Uint8Array, offset: number, length: number): number {
  return bytes.subarray(offset, offset + length).reduce((value, byte) => value * 256 + byte, 0);
}
