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

/** What can only be known when all of a file is there. */
export interface WholeFile {
  readonly sizeBytes: number;
  readonly durationMs: number;
}

/** Whether files of the format say at their start what is known at their end only. */
export function isSealed({ layout }: AudioFormat): boolean {
  return layout === "wav" || layout === "webm";
}

/** Holds everything that {@link sealStart} writes. */
export const SEALED_BYTES = 128;

/**
 * Writes size and length into the start of a file that a joiner made; formats without them stay as they are.
 *
 * @param start all of the file, or at least its first {@link SEALED_BYTES}.
 */
export function sealStart(start: Uint8Array, format: AudioFormat, whole: WholeFile): void {
  if (format.layout === "wav") {
    sealWav(start, format, whole.sizeBytes);
  } else if (format.layout === "webm") {
    sealWebm(start, whole);
  }
}

function sampleRateOf({ codec, sampleRateHz }: AudioFormat) {
  const blockBytes = codec === "pcm" ? 2 : 1;
  return { blockBytes, bytesPerSecond: sampleRateHz * blockBytes };
}
