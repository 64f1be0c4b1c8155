import { UnreadableRecordingError } from "./unreadable-recording-error.ts";

interface WavFormat {
  readonly tag: number;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  readonly bitsPerSample: number;
}

export interface WavAudio {
  /** The first channel. */
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

const PCM = 1;
const FLOAT = 3;
/** The real tag stands in the extension, at this offset of the chunk. */
const EXTENSIBLE = 0xfffe;
const EXTENSION_OFFSET = 24;

/** Reads one sample of the first channel at a byte offset, as 16 bit. */
type ReadSample = (data: DataView, offset: number) => number;

const READERS: Readonly<Record<string, ReadSample>> = {
  [`${PCM}/8`]: (data, offset) => (data.getUint8(offset) - 128) << 8,
  [`${PCM}/16`]: (data, offset) => data.getInt16(offset, true),
  [`${PCM}/24`]: (data, offset) => data.getInt16(offset + 1, true),
  [`${PCM}/32`]: (data, offset) => data.getInt16(offset + 2, true),
  [`${FLOAT}/32`]: (data, offset) => clip(data.getFloat32(offset, true)),
};

/** @throws {@link UnreadableRecordingError} for a file without samples of a known kind. */
export function parseWav(bytes: Uint8Array): WavAudio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = chunksOf(view);
  const format = formatOf(chunks.get("fmt "));
  const data = chunks.get("data");
  const read = READERS[`${format.tag}/${format.bitsPerSample}`];
  if (data === undefined || read === undefined || format.channelCount === 0 || format.sampleRateHz < 4000) {
    throw new UnreadableRecordingError("The WAV file has no samples of a known kind.");
  }
  const frameSizeBytes = (format.bitsPerSample / 8) * format.channelCount;
  const samples = Int16Array.from({ length: Math.floor(data.byteLength / frameSizeBytes) }, (_, index) =>
    read(data, index * frameSizeBytes),
  );
  return { samples, sampleRateHz: format.sampleRateHz };
}

function chunksOf(view: DataView): ReadonlyMap<string, DataView> {
  const chunks = new Map<string, DataView>();
  let offset = 12;
  while (offset + 8 <= view.byteLength) {
    const id = String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
    const sizeBytes = Math.min(view.getUint32(offset + 4, true), view.byteLength - offset - 8);
    chunks.set(id, new DataView(view.buffer, view.byteOffset + offset + 8, sizeBytes));
    offset += 8 + sizeBytes + (sizeBytes % 2);
  }
  return chunks;
}

function formatOf(chunk: DataView | undefined): WavFormat {
  if (chunk === undefined || chunk.byteLength < 16) {
    throw new UnreadableRecordingError("The WAV file has no format.");
  }
  const tag = chunk.getUint16(0, true);
  const isExtensible = tag === EXTENSIBLE && chunk.byteLength >= EXTENSION_OFFSET + 2;
  return {
    tag: isExtensible ? chunk.getUint16(EXTENSION_OFFSET, true) : tag,
    channelCount: chunk.getUint16(2, true),
    sampleRateHz: chunk.getUint32(4, true),
    bitsPerSample: chunk.getUint16(14, true),
  };
}

function clip(value: number): number {
  return Math.round(Math.max(-1, Math.min(1, value)) * 32_767);
}
