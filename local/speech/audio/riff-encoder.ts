import type { AudioEncoder } from "./audio-encoder.ts";
import type { OutputFormat } from "./output-format.ts";
import { wavHeader } from "./wav-header.ts";

const NOTHING = new Uint8Array(0);

/** Holds the audio back until its size is known: the service does not stream RIFF either. */
export function riffEncoder(inner: AudioEncoder, format: OutputFormat): AudioEncoder {
  const chunks: Uint8Array[] = [];
  return {
    encode(samples) {
      chunks.push(inner.encode(samples));
      return NOTHING;
    },
    finish() {
      const dataSizeBytes = chunks.reduce((size, chunk) => size + chunk.length, 0);
      return Buffer.concat([wavHeader(format, dataSizeBytes), ...chunks.splice(0)]);
    },
    release() {
      chunks.length = 0;
    },
  };
}
