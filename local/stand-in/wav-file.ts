/** What a RIFF WAVE file says of itself, and its audio bytes. */
export interface WavFile {
  /** 1 is PCM, 3 is floating point, 6 is A-law, 7 is mu-law. */
  readonly formatTag: number;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  readonly bitsPerSample: number;
  readonly data: Buffer;
  /** Of the `ICMT` entry in a `LIST INFO` chunk. */
  readonly comment: string | undefined;
}

const EXTENSIBLE_TAG = 0xfffe;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

/** @returns undefined when it is no WAVE file with a format and audio. A size over the end of the file is cut to it. */
export function readWav(bytes: Uint8Array): WavFile | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, HEADER_BYTES) !== "WAVE") {
    return undefined;
  }
  const chunks = readChunks(file.subarray(HEADER_BYTES));
  const format = chunks.get("fmt ");
  const data = chunks.get("data");
  if (format === undefined || format.length < 16 || data === undefined) {
    return undefined;
  }
  return {
    formatTag: formatTagOf(format),
    channelCount: format.readUInt16LE(2),
    sampleRateHz: format.readUInt32LE(4),
    bitsPerSample: format.readUInt16LE(14),
    data,
    comment: commentOf(chunks.get("LIST")),
  };
}

/** Of chunks with the same name, the first. */
function readChunks(body: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  let offset = 0;
  while (offset + CHUNK_HEADER_BYTES <= body.length) {
    const name = body.toString("latin1", offset, offset + 4);
    const start = offset + CHUNK_HEADER_BYTES;
    const end = Math.min(body.length, start + body.readUInt32LE(offset + 4));
    if (!chunks.has(name)) {
      chunks.set(name, body.subarray(start, end));
    }
    offset = end + ((end - start) % 2);
  }
  return chunks;
}

function formatTagOf(format: Buffer): number {
  const tag = format.readUInt16LE(0);
  return tag === EXTENSIBLE_TAG && format.length >= 26 ? format.readUInt16LE(24) : tag;
}

function commentOf(list: Buffer | undefined): string | undefined {
  if (list === undefined || list.toString("latin1", 0, 4) !== "INFO") {
    return undefined;
  }
  return readChunks(list.subarray(4)).get("ICMT")?.toString("utf8").replaceAll("\0", "").trim();
}
