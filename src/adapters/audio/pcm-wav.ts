/** A WAV file with integer PCM, taken apart. */
export interface PcmWav {
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly channels: number;
  /** Interleaved samples as they stand in the file; cut to what is really there. */
  readonly data: Uint8Array;
}

const PCM = 1;
const EXTENSIBLE = 0xfffe;

/**
 * @returns undefined when the bytes are no RIFF/WAVE file with integer PCM.
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
export function readPcmWav(bytes: Uint8Array): PcmWav | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tagAt(bytes, 0) !== "RIFF" || tagAt(bytes, 8) !== "WAVE") {
    return undefined;
  }
  let format: Omit<PcmWav, "data"> | undefined;
  for (let offset = 12; offset + 8 <= bytes.length;) {
    const sizeBytes = view.getUint32(offset + 4, true);
    const start = offset + 8;
    const tag = tagAt(bytes, offset);
    if (tag === "fmt ") {
      format = formatAt(view, start);
    } else if (tag === "data") {
      return format && { ...format, data: bytes.subarray(start, Math.min(bytes.length, start + sizeBytes)) };
    }
    offset = start + sizeBytes + (sizeBytes % 2);
  }
  return undefined;
}

function tagAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function formatAt(view: DataView, start: number): Omit<PcmWav, "data"> | undefined {
  if (start + 16 > view.byteLength) {
    return undefined;
  }
  const encoding = view.getUint16(start, true);
  const channels = view.getUint16(start + 2, true);
  const bitDepth = view.getUint16(start + 14, true);
  const isPcm = encoding === PCM || encoding === EXTENSIBLE;
  return isPcm && channels > 0 && bitDepth % 8 === 0 && bitDepth > 0
    ? { channels, sampleRateHz: view.getUint32(start + 4, true), bitDepth }
    : undefined;
}
