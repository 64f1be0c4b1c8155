import type { AudioEncoder } from "./audio-encoder.ts";
import { encodeAlaw, encodeMulaw } from "./g711.ts";

const NOTHING = new Uint8Array(0);

const CODECS = {
  pcm: encodeLittleEndian,
  mulaw: (samples: Int16Array) => Uint8Array.from(samples, encodeMulaw),
  alaw: (samples: Int16Array) => Uint8Array.from(samples, encodeAlaw),
};

/** Samples without any container. */
export function pcmEncoder(codec: keyof typeof CODECS): AudioEncoder {
  return { encode: CODECS[codec], finish: () => NOTHING, release: () => {} };
}

function encodeLittleEndian(samples: Int16Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => bytes.setInt16(index * 2, sample, true));
  return new Uint8Array(bytes.buffer);
}
