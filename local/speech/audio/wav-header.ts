import type { AudioCodec } from "./output-format.ts";

/** Values of `wFormatTag`. */
const FORMAT_TAGS: Readonly<Partial<Record<AudioCodec, number>>> = { pcm: 1, alaw: 6, mulaw: 7 };

/** The 44 bytes before the samples of a mono WAV file. @see https://www.rfc-editor.org/rfc/rfc2361 */
export function wavHeader(
  { codec, sampleRateHz }: { readonly codec: AudioCodec; readonly sampleRateHz: number },
  dataSizeBytes: number,
): Uint8Array {
  const sampleSizeBytes = codec === "pcm" ? 2 : 1;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + dataSizeBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(FORMAT_TAGS[codec] ?? 0, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * sampleSizeBytes, 28);
  header.writeUInt16LE(sampleSizeBytes, 32);
  header.writeUInt16LE(sampleSizeBytes * 8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataSizeBytes, 40);
  return header;
}
