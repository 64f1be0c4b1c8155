import type { AudioFormat } from "./audio-format.ts";

const FORMAT_TAGS: Readonly<Record<string, number>> = { pcm: 1, alaw: 6, mulaw: 7 };

/** What streaming writers put where the length is not known yet; players then read to the end. */
const UNKNOWN_BYTES = 0xffffffff;

/** Of the header that {@link wavHeader} writes. */
const RIFF_SIZE_OFFSET = 4;

/** G.711 needs the longer `fmt` chunk and a `fact` chunk, PCM the plain 44 bytes. */
export function wavHeader(format: AudioFormat): Uint8Array {
  const isPcm = format.codec === "pcm";
  const bytesPerSample = isPcm ? 2 : 1;
  const header = new Uint8Array(isPcm ? 44 : 58);
  const view = new DataView(header.buffer);
  ascii(header, 0, "RIFF");
  view.setUint32(RIFF_SIZE_OFFSET, UNKNOWN_BYTES, true);
  ascii(header, 8, "WAVEfmt ");
  view.setUint32(16, isPcm ? 16 : 18, true);
  view.setUint16(20, FORMAT_TAGS[format.codec] ?? 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, format.sampleRateHz, true);
  view.setUint32(28, format.sampleRateHz * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, bytesPerSample * 8, true);
  if (!isPcm) {
    ascii(header, 38, "fact");
    view.setUint32(42, 4, true);
    view.setUint32(46, UNKNOWN_BYTES, true);
  }
  ascii(header, header.length - 8, "data");
  view.setUint32(header.length - 4, UNKNOWN_BYTES, true);
  return header;
}

/** Writes the true sizes into a header of {@link wavHeader}. A file of 4 GB or more keeps unknown ones. */
export function sealWav(start: Uint8Array, format: AudioFormat, sizeBytes: number): void {
  const headerBytes = wavHeader(format).length;
  if (start.length < headerBytes || sizeBytes - 8 >= UNKNOWN_BYTES) {
    return;
  }
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const dataBytes = sizeBytes - headerBytes;
  view.setUint32(RIFF_SIZE_OFFSET, sizeBytes - 8, true);
  view.setUint32(headerBytes - 4, dataBytes, true);
  if (format.codec !== "pcm") {
    view.setUint32(46, dataBytes, true);
  }
}

function ascii(target: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index++) {
    target[offset + index] = text.charCodeAt(index);
  }
}
