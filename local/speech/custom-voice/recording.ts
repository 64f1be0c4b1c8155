import type { WavFile } from "../../stand-in/wav-file.ts";
import { readWav } from "../../stand-in/wav-file.ts";

/** A decoded recording, mixed down to one channel. */
export interface Recording {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

export interface Unreadable {
  /** What is wrong with the file, as a sentence. */
  readonly problem: string;
}

/** @see section "Supported formats" of personal voice in the Speech documentation. */
const SAMPLE_RATES_HZ: ReadonlySet<number> = new Set([16_000, 24_000, 44_100, 48_000]);
const WAV_BIT_DEPTHS: ReadonlySet<number> = new Set([16, 24, 32]);
const MP3_BIT_RATES: ReadonlySet<number> = new Set([128_000, 192_000, 256_000, 320_000]);

const PCM_TAG = 1;

/** Below this the loudest sample counts as silence: -60 dB of full scale. */
const SILENCE_AMPLITUDE = 33;

/** Decodes what consents and personal voices accept: WAV with 16, 24 or 32 bit PCM, and MP3 of certain bit rates. */
export async function decodeRecording(bytes: Uint8Array): Promise<Recording | Unreadable> {
  const wav = readWav(bytes);
  return wav === undefined ? decodeMp3(bytes) : decodeWav(wav);
}

export function durationMsOf({ samples, sampleRateHz }: Recording): number {
  return (samples.length / sampleRateHz) * 1000;
}

export function isSilent({ samples }: Recording): boolean {
  return samples.every((sample) => Math.abs(sample) < SILENCE_AMPLITUDE);
}

function decodeWav(wav: WavFile): Recording | Unreadable {
  if (wav.formatTag !== PCM_TAG || !WAV_BIT_DEPTHS.has(wav.bitsPerSample)) {
    return { problem: "A WAV file must hold 16, 24 or 32 bit PCM." };
  }
  if (!SAMPLE_RATES_HZ.has(wav.sampleRateHz)) {
    return wrongRate(wav.sampleRateHz);
  }
  if (wav.channelCount < 1 || wav.channelCount > 2) {
    return { problem: "The audio must have one or two channels." };
  }
  return { samples: mixDown(wav), sampleRateHz: wav.sampleRateHz };
}

/** @param wav with PCM samples of 16 bits or more. */
export function mixDown({ data, channelCount, bitsPerSample }: WavFile): Int16Array {
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

async function decodeMp3(bytes: Uint8Array): Promise<Recording | Unreadable> {
  const problem = await mp3Problem(bytes);
  if (problem !== undefined) {
    return { problem };
  }
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes);
    const samples = Int16Array.from({ length: samplesDecoded }, (_, index) => {
      const sum = channelData.reduce((total, channel) => total + (channel[index] ?? 0), 0);
      return Math.max(-1, Math.min(1, sum / channelData.length)) * 32_767;
    });
    return { samples, sampleRateHz: sampleRate };
  } finally {
    decoder.free();
  }
}

async function mp3Problem(bytes: Uint8Array): Promise<string | undefined> {
  const { parseBuffer } = await import("music-metadata");
  const metadata = await parseBuffer(bytes).catch(() => undefined);
  const { codec = "", sampleRate = 0, bitrate = 0 } = metadata?.format ?? {};
  if (!/^MPEG .* Layer 3$/.test(codec)) {
    return "The file is neither WAV nor MP3.";
  }
  if (!SAMPLE_RATES_HZ.has(sampleRate)) {
    return wrongRate(sampleRate).problem;
  }
  return MP3_BIT_RATES.has(bitrate)
    ? undefined
    : "An MP3 file must have a constant 128, 192, 256 or 320 kbit/s.";
}

function wrongRate(sampleRateHz: number): Unreadable {
  return { problem: `The sample rate must be 16, 24, 44.1 or 48 kHz, not ${sampleRateHz} Hz.` };
}
