import type { RecordingFacts } from "../../domain/voice/recording.ts";
import { LevelMeter } from "./level-meter.ts";
import type { WavFormat, WavStart } from "./wav-stream.ts";

/** @param samples the file from its first sample on. */
export async function inspectWav(
  { format, dataBytes }: WavStart,
  samples: AsyncIterable<Uint8Array>,
): Promise<RecordingFacts> {
  const { bitDepth, channels, sampleRateHz } = format;
  const meter = new LevelMeter(sampleRateHz);
  const readFrame = frameReader(format);
  const frameBytes = (bitDepth / 8) * channels;
  let rest = Buffer.alloc(0);
  let leftBytes = dataBytes;
  for await (const chunk of samples) {
    const usable = chunk.subarray(0, leftBytes);
    leftBytes -= usable.length;
    const bytes = Buffer.concat([rest, usable]);
    const wholeBytes = bytes.length - (bytes.length % frameBytes);
    for (let offset = 0; offset < wholeBytes; offset += frameBytes) {
      meter.add(readFrame(bytes, offset));
    }
    rest = bytes.subarray(wholeBytes);
  }
  return { container: "wav", sampleRateHz, bitDepth, channels, ...meter.levels() };
}

/** Reads one sample as a whole number around zero. */
type ReadSample = (bytes: Buffer, offset: number) => number;

/** 8-bit WAV is unsigned around 128, all wider depths are signed. */
const READERS: Readonly<Record<number, ReadSample>> = {
  8: (bytes, offset) => bytes.readUInt8(offset) - 128,
  16: (bytes, offset) => bytes.readInt16LE(offset),
  24: (bytes, offset) => bytes.readIntLE(offset, 3),
  32: (bytes, offset) => bytes.readInt32LE(offset),
};

/** Reads one frame as the mean of its channels, -1..1. */
function frameReader({ bitDepth, channels }: WavFormat): ReadSample {
  const read = READERS[bitDepth];
  if (read === undefined) {
    throw new RangeError(`WAV with ${bitDepth} bits is not read.`);
  }
  const sampleBytes = bitDepth / 8;
  const scale = 1 / (channels * 2 ** (bitDepth - 1));
  return (bytes, offset) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += read(bytes, offset + channel * sampleBytes);
    }
    return sum * scale;
  };
}
