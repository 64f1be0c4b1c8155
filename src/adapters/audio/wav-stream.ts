/** The format of a WAV file with integer PCM. */
export interface WavFormat {
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly channels: number;
}

/** Where the samples of a WAV file begin. */
export interface WavStart {
  readonly format: WavFormat;
  readonly dataOffset: number;
  /** As the header says; a truncated file has less. */
  readonly dataBytes: number;
}

const PCM = 1;
const EXTENSIBLE = 0xfffe;

/**
 * Looks for the samples in the beginning of a file.
 *
 * @returns `more` while the beginning is too short to tell, undefined when it is no WAV with integer PCM.
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
export function findWavStart(bytes: Uint8Array): WavStart | "more" | undefined {
  if (bytes.length < 12) {
    return "more";
  }
  if (tagAt(bytes, 0) !== "RIFF" || tagAt(bytes, 8) !== "WAVE") {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: WavFormat | undefined;
  for (let offset = 12; offset + 8 <= bytes.length;) {
    const sizeBytes = view.getUint32(offset + 4, true);
    const start = offset + 8;
    const tag = tagAt(bytes, offset);
    if (tag === "data") {
      return format && { format, dataOffset: start, dataBytes: sizeBytes };
    }
    if (tag === "fmt ") {
      if (start + 16 > bytes.length) {
        return "more";
      }
      format = formatAt(view, start);
      if (format === undefined) {
        return undefined;
      }
    }
    offset = start + sizeBytes + (sizeBytes % 2);
  }
  return "more";
}

function tagAt(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}

function formatAt(view: DataView, start: number): WavFormat | undefined {
  const encoding = view.getUint16(start, true);
  const channels = view.getUint16(start + 2, true);
  const bitDepth = view.getUint16(start + 14, true);
  const sampleRateHz = view.getUint32(start + 4, true);
  const isPcm = encoding === PCM || encoding === EXTENSIBLE;
  const isKnownDepth = bitDepth === 8 || bitDepth === 16 || bitDepth === 24 || bitDepth === 32;
  return isPcm && isKnownDepth && channels > 0 && sampleRateHz > 0
    ? { channels, sampleRateHz, bitDepth }
    : undefined;
}
