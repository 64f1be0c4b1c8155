import type { AudioFormat } from "./audio-format.ts";
import { type AudioJoiner, NO_BYTES } from "./audio-joiner.ts";
import { mp3Joiner } from "./mp3-joiner.ts";
import { oggOpusJoiner } from "./ogg-opus-joiner.ts";
import { sampleJoiner } from "./sample-joiner.ts";
import { sealWav, wavHeader } from "./wav-header.ts";
import { sealWebm } from "./webm-file.ts";
import { webmOpusJoiner } from "./webm-opus-joiner.ts";

/** The joiner that knows how this format is laid out. */
export function joinerFor(format: AudioFormat): AudioJoiner {
  switch (format.layout) {
    case "mp3":
      return mp3Joiner();
    case "wav":
      return sampleJoiner({ ...sampleRateOf(format), header: wavHeader(format) });
    case "samples":
      return sampleJoiner({ ...sampleRateOf(format), header: NO_BYTES });
    case "ogg":
      return oggOpusJoiner();
    case "webm":
      return webmOpusJoiner();
  }
}

/** Writes what can only be known at the end, such as sizes, into a whole file that a joiner made. */
export function sealFile(file: Uint8Array, format: AudioFormat, durationMs: number): void {
  if (format.layout === "wav") {
    sealWav(file, format);
  } else if (format.layout === "webm") {
    sealWebm(file, durationMs);
  }
}

function sampleRateOf({ codec, sampleRateHz }: AudioFormat) {
  const blockBytes = codec === "pcm" ? 2 : 1;
  return { blockBytes, bytesPerSecond: sampleRateHz * blockBytes };
}
