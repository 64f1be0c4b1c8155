import type { RecordingInspector } from "../../application/ports/recording-inspector.ts";
import type { RecordingFacts } from "../../domain/voice/recording.ts";
import { type PcmWav, readPcmWav } from "./pcm-wav.ts";

/** {@link RecordingInspector} that decodes WAV (PCM) by itself and MP3 with mpg123. */
export const decodingRecordingInspector: RecordingInspector = {
  async inspect(recording) {
    const wav = readPcmWav(recording);
    return wav === undefined ? inspectMp3(recording) : factsOfWav(wav);
  },
};

function factsOfWav({ sampleRateHz, bitDepth, channels, data }: PcmWav): RecordingFacts {
  const sampleBytes = bitDepth / 8;
  const sampleCount = Math.floor(data.length / sampleBytes);
  return {
    container: "wav",
    sampleRateHz,
    bitDepth,
    channels,
    durationMs: (sampleCount / channels / sampleRateHz) * 1000,
    peakDbfs: inDbfs(peakOf(data, sampleBytes)),
  };
}

/** Loudest sample, 0..1. */
function peakOf(data: Uint8Array, sampleBytes: number): number {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const fullScale = 2 ** (sampleBytes * 8 - 1);
  let peak = 0;
  for (let offset = 0; offset + sampleBytes <= buffer.length; offset += sampleBytes) {
    // 8-bit WAV is unsigned around 128, all wider depths are signed.
    const sample = sampleBytes === 1 ? buffer.readUInt8(offset) - 128 : buffer.readIntLE(offset, sampleBytes);
    peak = Math.max(peak, Math.abs(sample));
  }
  return peak / fullScale;
}

async function inspectMp3(recording: Uint8Array): Promise<RecordingFacts | undefined> {
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const { channelData, samplesDecoded, sampleRate } = decoder.decode(recording);
    if (samplesDecoded === 0) {
      return undefined;
    }
    const peak = Math.max(...channelData.map(peakOfChannel));
    return {
      container: "mp3",
      sampleRateHz: sampleRate,
      bitDepth: undefined,
      channels: channelData.length,
      durationMs: (samplesDecoded / sampleRate) * 1000,
      peakDbfs: inDbfs(peak),
    };
  } finally {
    decoder.free();
  }
}

function peakOfChannel(channel: Float32Array): number {
  return channel.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

function inDbfs(level: number): number {
  return 20 * Math.log10(level);
}
