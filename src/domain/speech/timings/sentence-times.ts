import type { TimedSentence, TimedWord } from "./timed-word.ts";

/** Groups words into the sentences of the written text. */
export function sentenceTimes(
  written: string,
  words: readonly TimedWord[],
  locale: string,
): readonly TimedSentence[] {
  const sentences = new Intl.Segmenter(locale, { granularity: "sentence" }).segment(written);
  const result: TimedSentence[] = [];
  let next = 0;
  for (const { index, segment } of sentences) {
    const from = next;
    while ((words[next]?.start ?? Infinity) < index + segment.length) {
      next++;
    }
    const first = words[from];
    const last = words[next - 1];
    if (first !== undefined && last !== undefined && next > from) {
      result.push(sentenceOf(written.slice(first.start, index + segment.length).trimEnd(), first, last));
    }
  }
  return result;
}

function sentenceOf(text: string, first: TimedWord, last: TimedWord): TimedSentence {
  const sourceEnd = last.source.offset + last.source.length;
  return {
    text,
    start: first.start,
    end: last.end,
    source: { offset: first.source.offset, length: sourceEnd - first.source.offset },
    startMs: first.startMs,
    endMs: last.endMs,
  };
}
