import { Resampler } from "../audio/resampler.ts";
import { concatSamples } from "../audio/silence-trimmer.ts";
import { parseWav } from "./parse-wav.ts";
import { UnreadableRecordingError } from "./unreadable-recording-error.ts";

/** A longer recording is cut: a voice is known after a minute and a half. */
const MAX_DURATION_SECONDS = 90;

/**
 * Decodes WAV or MP3 to one channel.
 *
 * @throws {@link UnreadableRecordingError} for anything else.
 */
export async function decodeRecording(bytes: Uint8Array, sampleRateHz: number): Promise<Int16Array> {
  const decoded = isRiff(bytes) ? parseWav(bytes) : await decodeMp3(bytes);
  const limit = Math.round(decoded.sampleRateHz * MAX_DURATION_SECONDS);
  const resampler = new Resampler(decoded.sampleRateHz, sampleRateHz);
  return concatSamples([resampler.convert(decoded.samples.subarray(0, limit)), resampler.finish()]);
}

export interface DecodedRecording {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

function isRiff(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4)).toString("latin1") === "RIFF";
}

async function decodeMp3(bytes: Uint8Array): Promise<DecodedRecording> {
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder();
  try {
    await decoder.ready;
    const { channelData, sampleRate, samplesDecoded } = decoder.decode(bytes);
    const [left] = channelData;
    if (samplesDecoded === 0 || left === undefined) {
      throw new UnreadableRecordingError("The recording is neither WAV nor MP3.");
    }
    const samples = Int16Array.from(left, (value) => Math.round(Math.max(-1, Math.min(1, value)) * 32_767));
    return { samples, sampleRateHz: sampleRate };
  } finally {
    decoder.free();
  }
}
