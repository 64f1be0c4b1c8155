import type { RecordingFacts } from "../../domain/voice/recording.ts";
import { LevelMeter } from "./level-meter.ts";

/** @returns undefined when no frame of MPEG audio can be decoded. */
export async function inspectMp3(recording: AsyncIterable<Uint8Array>): Promise<RecordingFacts | undefined> {
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let meter: LevelMeter | undefined;
  let format = { sampleRateHz: 0, channels: 0 };
  try {
    for await (const chunk of recording) {
      const { channelData, samplesDecoded, sampleRate } = decoder.decode(chunk);
      if (samplesDecoded > 0) {
        format = { sampleRateHz: sampleRate, channels: channelData.length };
        meter ??= new LevelMeter(sampleRate);
        addMixed(meter, channelData, samplesDecoded);
      }
    }
  } finally {
    decoder.free();
  }
  return meter && { container: "mp3", bitDepth: undefined, ...format, ...meter.levels() };
}

function addMixed(meter: LevelMeter, channels: readonly Float32Array[], samples: number): void {
  for (let index = 0; index < samples; index += 1) {
    const sum = channels.reduce((total, channel) => total + (channel[index] ?? 0), 0);
    meter.add(sum / channels.length);
  }
}
