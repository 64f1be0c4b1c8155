import type { RecordingFacts } from "../../domain/voice/recording.ts";
import { LevelMeter } from "./level-meter.ts";
import type { WavStart } from "./wav-stream.ts";

/** @param samples the file from its first sample on. */
export async function inspectWav(
  { format, dataBytes }: WavStart,
  samples: AsyncIterable<Uint8Array>,
): Promise<RecordingFacts> {
  const { bitDepth, channels, sampleRateHz } = format;
  const meter = new LevelMeter(sampleRateHz);
  const frameBytes = (bitDepth / 8) * channels;
  let rest = Buffer.alloc(0);
  let leftBytes = dataBytes;
  for await (const chunk of samples) {
    const usable = chunk.subarray(0, leftBytes);
    leftBytes -= usable.length;
    const bytes = Buffer.concat([rest, usable]);
    const wholeBytes = bytes.length - (bytes.length % frameBytes);
    for (let offset = 0; offset < wholeBytes; offset += frameBytes) {
      meter.add(mixedSample(bytes, offset, { bitDepth, channels }));
    }
    rest = bytes.subarray(wholeBytes);
  }
  return { container: "wav", sampleRateHz, bitDepth, channels, ...meter.levels() };
}

interface FrameFormat {
  readonly bitDepth: number;
  readonly channels: number;
}

/** -1..1, the mean of all channels. 8-bit WAV is unsigned around 128, all wider depths are signed. */
function mixedSample(bytes: Buffer, offset: number, { bitDepth, channels }: FrameFormat): number {
  const sampleBytes = bitDepth / 8;
  let sum = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    const at = offset + channel * sampleBytes;
    sum += bitDepth === 8 ? bytes.readUInt8(at) - 128 : bytes.readIntLE(at, sampleBytes);
  }
  return sum / channels / 2 ** (bitDepth - 1);
}
