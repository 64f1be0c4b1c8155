import { createEncoder } from "libopus-wasm";
import type { SampleRate } from "libopus-wasm";
import type { AudioEncoder } from "./audio-encoder.ts";
import { oggOpusMuxer } from "./ogg-opus-muxer.ts";
import { OPUS_CLOCK_HZ } from "./opus-muxer.ts";
import type { OutputFormat } from "./output-format.ts";
import { concatSamples } from "./silence-trimmer.ts";
import { webmOpusMuxer } from "./webm-opus-muxer.ts";

/** Of one packet; at every sample rate a whole number of samples. */
const FRAME_MS = 20;
/** Half of libopus' effort: a fifth more bits would not be heard in synthetic speech. */
const COMPLEXITY = 5;
const DEFAULT_BITRATE_KBPS = 32;

export async function createOpusEncoder(format: OutputFormat): Promise<AudioEncoder> {
  const sampleRate = opusRateOf(format.sampleRateHz);
  const frameSize = (sampleRate * FRAME_MS) / 1000;
  const scale = OPUS_CLOCK_HZ / sampleRate;
  const bitrate = (format.bitrateKbps ?? DEFAULT_BITRATE_KBPS) * 1000;
  const opus = await createEncoder({ sampleRate, channels: 1, bitrate, frameSize, complexity: COMPLEXITY });
  const preSkip = opus.getLookahead() * scale;
  const info = { sampleRateHz: sampleRate, preSkip };
  const muxer = format.container === "webm" ? webmOpusMuxer(info) : oggOpusMuxer(info);
  let pending = new Int16Array(0);
  let inputCount = 0;

  const encodeWhole = (samples: Int16Array): Uint8Array => {
    const available = concatSamples([pending, samples]);
    const whole = available.length - (available.length % frameSize);
    pending = available.slice(whole);
    const packets: Uint8Array[] = [];
    for (let start = 0; start < whole; start += frameSize) {
      packets.push(opus.encode(available.slice(start, start + frameSize)));
    }
    return muxer.write(packets, frameSize * scale);
  };
  return {
    encode(samples) {
      inputCount += samples.length;
      return encodeWhole(samples);
    },
    finish() {
      const missing = frameSize - (pending.length % frameSize);
      const tail = encodeWhole(new Int16Array(missing + frameSize));
      opus.free();
      return Buffer.concat([tail, muxer.finish(inputCount * scale)]);
    },
    release: () => opus.free(),
  };
}

function opusRateOf(sampleRateHz: number): SampleRate {
  if (sampleRateHz === 16_000 || sampleRateHz === 24_000 || sampleRateHz === 48_000) {
    return sampleRateHz;
  }
  throw new Error(`No Opus format has ${sampleRateHz} Hz.`);
}
