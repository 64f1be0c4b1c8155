import { createMp3Encoder as createLame } from "wasm-media-encoders";
import type { AudioEncoder } from "./audio-encoder.ts";
import type { OutputFormat } from "./output-format.ts";

type Lame = Awaited<ReturnType<typeof createLame>>;

/** Creating one costs 40 ms, so that they are used again. */
const MAX_IDLE = 16;
const idle: Lame[] = [];

export async function createMp3Encoder({ sampleRateHz, bitrateKbps }: OutputFormat): Promise<AudioEncoder> {
  const lame = idle.pop() ?? (await createLame());
  lame.configure({ channels: 1, sampleRate: sampleRateHz, bitrate: cbrOf(bitrateKbps) });
  const keep = (): void => {
    if (idle.length < MAX_IDLE) {
      idle.push(lame);
    }
  };
  return {
    encode: (samples) => lame.encode([Float32Array.from(samples, (sample) => sample / 32_768)]).slice(),
    finish() {
      const last = lame.finalize().slice();
      keep();
      return last;
    },
    release() {
      lame.finalize();
      keep();
    },
  };
}

const BITRATES_KBPS = [32, 48, 64, 96, 128, 160, 192] as const;

function cbrOf(bitrateKbps: number | undefined): (typeof BITRATES_KBPS)[number] {
  const found = BITRATES_KBPS.find((candidate) => candidate === bitrateKbps);
  if (found === undefined) {
    throw new Error(`No MP3 format has ${bitrateKbps} kbit/s.`);
  }
  return found;
}
