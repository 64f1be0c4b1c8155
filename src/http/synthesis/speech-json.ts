import { writtenText } from "../../application/synthesis/prepared-synthesis.ts";
import type { SpokenAudio } from "../../application/synthesis/speak.ts";
import { billOf } from "../../application/synthesis/synthesis-bill.ts";
import { captionCues } from "../../domain/speech/captions/caption-cue.ts";
import { writeCaptions } from "../../domain/speech/captions/write-captions.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import { sentenceTimes } from "../../domain/speech/timings/sentence-times.ts";
import type { TimedWord } from "../../domain/speech/timings/timed-word.ts";

export const TIMINGS_ESTIMATED: SpeechWarning = {
  code: "timings-estimated",
  message: "The voice does not report when words are spoken; their times are estimated.",
};

/** @param warnings besides those of the preparation. */
export function speechJson(spoken: SpokenAudio, warnings: readonly SpeechWarning[]) {
  const { prepared, words, durationMs, cache } = spoken;
  const { charactersBilled, cost } = billOf(spoken);
  const written = writtenText(prepared);
  const cues = captionCues(written, words);
  return {
    id: spoken.id,
    audio: Buffer.from(spoken.audio.buffer).toString("base64"),
    contentType: prepared.format.contentType,
    durationMs,
    characters: prepared.characters,
    charactersBilled,
    cost: cost ?? null,
    translation: prepared.translation ?? null,
    timings: prepared.request.timings === "none" ? null : timingsJson(spoken, written),
    captions: { srt: writeCaptions(cues, "srt"), vtt: writeCaptions(cues, "vtt") },
    pronunciations: prepared.pronunciations,
    warnings: [...prepared.warnings, ...estimatedWarning(spoken), ...warnings],
    cache,
  };
}

function estimatedWarning({ prepared, timingSource }: SpokenAudio): readonly SpeechWarning[] {
  const isWanted = prepared.request.timings !== "none";
  return isWanted && timingSource === "estimated" ? [TIMINGS_ESTIMATED] : [];
}

function timingsJson({ prepared, words, visemes, bookmarks, timingSource }: SpokenAudio, written: string) {
  return {
    source: timingSource,
    words: words.map((word) => timedTextJson(word, written.slice(word.start, word.end))),
    sentences: sentenceTimes(written, words, prepared.locale).map((sentence) =>
      timedTextJson(sentence, sentence.text),
    ),
    visemes,
    bookmarks,
  };
}

export function timedTextJson({ source, startMs, endMs }: TimedWord, text: string) {
  return { text, offset: source.offset, length: source.length, startMs, endMs };
}
