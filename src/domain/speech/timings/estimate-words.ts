import { sourceSpan } from "../ssml/source-map.ts";
import { wordSegmenter } from "./word-segmenter.ts";
import type { Passage, PassageSegment } from "./passage.ts";
import type { TimedWord } from "./timed-word.ts";

/** In units of one spoken letter. */
const WORD_WEIGHT = 1.5;
const SENTENCE_PAUSE = 8;
const CLAUSE_PAUSE = 4;

/** One sign of these scripts is a syllable or more. */
const SYLLABIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const SYLLABLE_WEIGHT = 2.5;

interface WeightedWord {
  readonly start: number;
  readonly end: number;
  readonly segment: PassageSegment;
  readonly weight: number;
  /** Of the silence after it. */
  readonly pause: number;
}

/**
 * Spreads the words of a passage over the time its audio takes, by length and punctuation.
 *
 * @param span when the passage is heard, in ms.
 */
export function estimateWords(
  passage: Passage,
  span: { readonly startMs: number; readonly endMs: number },
  locale: string,
): readonly TimedWord[] {
  const words = passage.segments.flatMap((segment) => wordsOf(segment, locale));
  const total = words.reduce((sum, { weight, pause }) => sum + weight + pause, 0);
  const msPerWeight = total === 0 ? 0 : (span.endMs - span.startMs) / total;
  let timeMs = span.startMs;
  return words.map(({ start, end, segment, weight, pause }) => {
    const startMs = timeMs;
    const endMs = startMs + weight * msPerWeight;
    timeMs = endMs + pause * msPerWeight;
    const source = sourceSpan(segment.source, start - segment.start, end - segment.start);
    return { start, end, source, startMs: Math.round(startMs), endMs: Math.round(endMs) };
  });
}

function wordsOf(segment: PassageSegment, locale: string): readonly WeightedWord[] {
  if (segment.isReplaced) {
    const { start, written, spoken } = segment;
    return [{ start, end: start + written.length, segment, weight: weightOf(spoken), pause: 0 }];
  }
  const words: WeightedWord[] = [];
  for (const { segment: text, index, isWordLike } of wordSegmenter(locale).segment(segment.written)) {
    const last = words.at(-1);
    if (isWordLike === true) {
      const start = segment.start + index;
      words.push({ start, end: start + text.length, segment, weight: weightOf(text), pause: 0 });
    } else if (last !== undefined) {
      words[words.length - 1] = { ...last, pause: last.pause + pauseOf(text) };
    }
  }
  return words;
}

function weightOf(text: string): number {
  return WORD_WEIGHT + text.length + (text.match(SYLLABIC)?.length ?? 0) * (SYLLABLE_WEIGHT - 1);
}

function pauseOf(punctuation: string): number {
  if (/[.!?…。！？।؟]/u.test(punctuation)) {
    return SENTENCE_PAUSE;
  }
  return /[,;:،、，；：—–]/u.test(punctuation) ? CLAUSE_PAUSE : 0;
}
