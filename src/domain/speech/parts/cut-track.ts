import type { PartLimits } from "./part-limits.ts";
import type { SpeechTrack } from "./speech-track.ts";

/** Longest stretch in which the best place for a cut inside a sentence is looked for. */
const LOOK_BACK = 400;
const CLAUSE_END = /[,;:،、，；：–—]\s+|[、，；：]/gu;

/**
 * Divides a track into stretches within the limits: at the last paragraph or sentence end that fits; a longer sentence
 * at a clause or a space, and what has none between two characters as a reader sees them.
 *
 * @returns ascending positions, the first 0 and the last the end of the text.
 */
export function cutTrack(track: SpeechTrack, limits: PartLimits, locale: string): readonly number[] {
  const length = track.text.length;
  const cuts = [0];
  const ends = fitsWhole(track, limits) ? [] : sentenceEnds(track, locale);
  for (let from = 0; from < length; from = cuts.at(-1) ?? length) {
    const limit = furthest(track, from, limits);
    const cut = limit >= length ? length : bestCut(track, { from, limit, ends });
    cuts.push(cut);
  }
  return length === 0 ? [0, 0] : cuts;
}

function fitsWhole(track: SpeechTrack, limits: PartLimits): boolean {
  return furthest(track, 0, limits) >= track.text.length;
}

/** The last position whose stretch from `from` keeps every limit; always past `from`. */
function furthest(track: SpeechTrack, from: number, limits: PartLimits): number {
  const nextVoice = track.voiceStarts.filter((start) => start > from)[limits.maxVoices - 1] ?? Infinity;
  let low = from + 1;
  let high = Math.min(track.text.length, nextVoice);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const fits =
      track.bytesBetween(from, middle) <= limits.maxBytes &&
      track.speechMsBetween(from, middle) <= limits.maxSpeechMs;
    if (fits) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

interface Stretch {
  readonly from: number;
  readonly limit: number;
  /** Sentence and paragraph ends, ascending. */
  readonly ends: readonly number[];
}

function bestCut(track: SpeechTrack, { from, limit, ends }: Stretch): number {
  const end = lastAtMost(ends, limit);
  return end > from ? end : cutInSentence(track, from, limit);
}

function cutInSentence(track: SpeechTrack, from: number, limit: number): number {
  const start = Math.max(from, limit - LOOK_BACK);
  const window = track.text.slice(start, limit);
  const clause = lastMatchEnd(window, CLAUSE_END);
  const space = lastMatchEnd(window, /\s+/gu);
  for (const candidate of [clause, space]) {
    const cut = start + candidate;
    if (cut > from && !isInside(track, cut)) {
      return cut;
    }
  }
  return graphemeCut(track, from, limit);
}

/** @returns 0 when nothing matches. */
function lastMatchEnd(text: string, pattern: RegExp): number {
  const last = [...text.matchAll(pattern)].at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

/** Never inside a surrogate pair, an emoji sequence, a letter with its marks, or a replaced word. */
function graphemeCut(track: SpeechTrack, from: number, limit: number): number {
  const whole = track.wholes.find(([start, end]) => start < limit && limit < end);
  if (whole !== undefined) {
    return whole[0] > from ? whole[0] : whole[1];
  }
  const start = Math.max(from, limit - LOOK_BACK);
  const text = track.text.slice(start, Math.min(track.text.length, limit + LOOK_BACK));
  const graphemes = new Intl.Segmenter().segment(text);
  const inside = graphemes.containing(limit - start);
  const cut = start + (inside?.index ?? limit - start);
  return cut > from ? cut : limit;
}

function isInside(track: SpeechTrack, position: number): boolean {
  return track.wholes.some(([start, end]) => start < position && position < end);
}

function sentenceEnds(track: SpeechTrack, locale: string): readonly number[] {
  const wholes = track.wholes;
  let next = 0;
  const sentences = [...new Intl.Segmenter(locale, { granularity: "sentence" }).segment(track.text)]
    .map(({ index, segment }) => index + segment.length)
    .filter((end) => {
      while ((wholes[next]?.[1] ?? Infinity) <= end) {
        next++;
      }
      return (wholes[next]?.[0] ?? Infinity) >= end;
    });
  return [...new Set([...sentences, ...track.paragraphEnds])].toSorted((a, b) => a - b);
}

function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return ascending[low - 1] ?? 0;
}
