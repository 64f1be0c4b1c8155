import { readWav } from "../../stand-in/wav-file.ts";
import type { WavFile } from "../../stand-in/wav-file.ts";

/** A decoded recording, mixed down to one channel. */
export interface Recording {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

export interface Unreadable {
  /** What is wrong with the file, as a sentence. */
  readonly problem: string;
}

export interface Mp3Format {
  readonly sampleRateHz: number;
  /** Of the whole file on average. */
  readonly bitsPerSecond: number;
}

/** What an operation accepts. Each rule tells what is wrong, as a sentence. */
export interface RecordingRules {
  wavProblem(wav: WavFile): string | undefined;
  mp3Problem(mp3: Mp3Format): string | undefined;
}

/** Below this the loudest sample counts as silence: -60 dB of full scale. */
const SILENCE_AMPLITUDE = 33;

/** Decodes WAV with PCM of 16 bits or more, and MP3, as far as the rules allow. */
export async function decodeRecording(
  bytes: Uint8Array,
  rules: RecordingRules,
): Promise<Recording | Unreadable> {
  const wav = readWav(bytes);
  if (wav === undefined) {
    return decodeMp3(bytes, rules);
  }
  const problem = rules.wavProblem(wav);
  return problem === undefined ? { samples: mixDown(wav), sampleRateHz: wav.sampleRateHz } : { problem };
}

export function durationMsOf({ samples, sampleRateHz }: Recording): number {
  return (samples.length / sampleRateHz) * 1000;
}

export function isSilent({ samples }: Recording): boolean {
  return samples.every((sample) => Math.abs(sample) < SILENCE_AMPLITUDE);
}

function mixDown({ data, channelCount, bitsPerSample }: WavFile): Int16Array {
  const sampleBytes = bitsPerSample / 8;
  const frameBytes = sampleBytes * channelCount;
  const samples = new Int16Array(Math.floor(data.length / frameBytes));
  for (let index = 0; index < samples.length; index += 1) {
    let sum = 0;
    for (let channel = 0; channel < channelCount; channel += 1) {
      // The two highest bytes of a little-endian sample are its 16 most significant bits.
      sum += data.readInt16LE(index * frameBytes + (channel + 1) * sampleBytes - 2);
    }
    samples[index] = sum / channelCount;
  }
  return samples;
}

async function decodeMp3(bytes: Uint8Array, rules: RecordingRules): Promise<Recording | Unreadable> {
  const { parseBuffer } = await import("music-metadata");
  const metadata = await parseBuffer(bytes).catch(() => undefined);
  const { codec = "", sampleRate = 0, bitrate = 0 } = metadata?.format ?? {};
  const problem = /^MPEG .* Layer 3$/.test(codec)
    ? rules.mp3Problem({ sampleRateHz: sampleRate, bitsPerSecond: bitrate })
    : "The file is neither WAV nor MP3.";
  if (problem !== undefined) {
    return { problem };
  }
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const decoded = decoder.decode(bytes);
    return { samples: mixDownFloats(decoded.channelData), sampleRateHz: decoded.sampleRate };
  } finally {
    decoder.free();
  }
}

function mixDownFloats(channels: readonly Float32Array[]): Int16Array {
  return Int16Array.from({ length: channels[0]?.length ?? 0 }, (_, index) => {
    const sum = channels.reduce((total, channel) => total + (channel[index] ?? 0), 0);
    return Math.max(-1, Math.min(1, sum / channels.length)) * 32_767;
  });
}
