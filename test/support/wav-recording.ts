export interface WavOptions {
  readonly seconds: number;
  readonly sampleRateHz?: number;
  readonly bitsPerSample?: number;
  readonly channelCount?: number;
  /** Of full scale, 0..1. Default: 0.3. */
  readonly amplitude?: number;
  /** Default: 1, PCM. */
  readonly formatTag?: number;
  /** Written as `LIST INFO` / `ICMT`. */
  readonly comment?: string;
}

/** A WAV file with a 150 Hz tone. */
export function wavRecording(options: WavOptions): Buffer<ArrayBuffer> {
  const { seconds, sampleRateHz = 16_000, bitsPerSample = 16, channelCount = 1 } = options;
  const { amplitude = 0.3, formatTag = 1, comment } = options;
  const sampleBytes = bitsPerSample / 8;
  const frames = Math.round(seconds * sampleRateHz);
  const data = Buffer.alloc(frames * channelCount * sampleBytes);
  for (let frame = 0; frame < frames; frame++) {
    const value = Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * 150 * frame) / sampleRateHz));
    for (let channel = 0; channel < channelCount; channel++) {
      const end = (frame * channelCount + channel + 1) * sampleBytes;
      if (sampleBytes > 1) {
        data.writeInt16LE(value, end - 2);
      } else {
        data.writeUInt8((value >> 8) + 128, end - 1);
      }
    }
  }
  const format = Buffer.alloc(16);
  format.writeUInt16LE(formatTag, 0);
  format.writeUInt16LE(channelCount, 2);
  format.writeUInt32LE(sampleRateHz, 4);
  format.writeUInt32LE(sampleRateHz * channelCount * sampleBytes, 8);
  format.writeUInt16LE(channelCount * sampleBytes, 12);
  format.writeUInt16LE(bitsPerSample, 14);
  const chunks = [chunk("fmt ", format), ...commentChunks(comment), chunk("data", data)];
  return chunk("RIFF", Buffer.concat([Buffer.from("WAVE"), ...chunks]));
}

function commentChunks(comment: string | undefined): readonly Buffer[] {
  return comment === undefined
    ? []
    : [chunk("LIST", Buffer.concat([Buffer.from("INFO"), chunk("ICMT", Buffer.from(`${comment}\0`))]))];
}

function chunk(name: string, body: Buffer): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(8);
  header.write(name, "latin1");
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

/** A WAV file with noise in which there is no voice; always the same. */
export function noiseRecording(seconds: number): Buffer<ArrayBuffer> {
  const file = wavRecording({ seconds, amplitude: 0 });
  let state = 1;
  for (let offset = file.length - seconds * 32_000; offset < file.length; offset += 2) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    file.writeInt16LE((state % 16_384) - 8192, offset);
  }
  return file;
}
