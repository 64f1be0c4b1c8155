import type { AudioEncoder } from "./audio-encoder.ts";
import type { OutputFormat } from "./output-format.ts";
import { pcmEncoder } from "./pcm-encoder.ts";
import { riffEncoder } from "./riff-encoder.ts";

export async function createAudioEncoder(format: OutputFormat): Promise<AudioEncoder> {
  switch (format.codec) {
    case "mp3": {
      const { createMp3Encoder } = await import("./mp3-encoder.ts");
      return createMp3Encoder(format);
    }
    case "opus": {
      const { createOpusEncoder } = await import("./opus-encoder.ts");
      return createOpusEncoder(format);
    }
    case "pcm":
    case "mulaw":
    case "alaw": {
      const encoder = pcmEncoder(format.codec);
      return format.container === "riff" ? riffEncoder(encoder, format) : encoder;
    }
  }
}
