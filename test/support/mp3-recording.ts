import { createMp3Encoder } from "wasm-media-encoders";

export interface Mp3Options {
  readonly seconds: number;
  readonly bitrateKbps: 64 | 128 | 160 | 192 | 320;
  readonly sampleRateHz: 44_100 | 48_000;
}

/** A 150 Hz tone with a constant bit rate. */
export async function mp3Recording(options: Mp3Options): Promise<Buffer<ArrayBuffer>> {
  const { seconds, bitrateKbps, sampleRateHz } = options;
  const encoder = await createMp3Encoder();
  encoder.configure({ channels: 1, sampleRate: sampleRateHz, bitrate: bitrateKbps });
  const samples = Float32Array.from(
    { length: seconds * sampleRateHz },
    (_, index) => 0.3 * Math.sin((2 * Math.PI * 150 * index) / sampleRateHz),
  );
  const body = encoder.encode([samples]).slice();
  return Buffer.concat([body, encoder.finalize().slice()]);
}
