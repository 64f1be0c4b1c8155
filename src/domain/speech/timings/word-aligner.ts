import { type SourceSpan, sourceSpan } from "../ssml/source-map.ts";
import type { Passage, PassageSegment } from "./passage.ts";

export interface WrittenPlace {
  /** In the written text of the passage; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly source: SourceSpan;
}

/** How far ahead of the last word the next one may stand: engines skip what they do not speak. */
const WINDOW = 400;

const NEXT_WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Finds each word that the engine reports, in the order of the speech, in the text as it was written. */
export class WordAligner {
  readonly #segments: readonly PassageSegment[];
  /** Where each segment begins in the spoken text. */
  readonly #starts: readonly number[];
  readonly #spoken: string;
  #cursor = 0;

  constructor({ segments }: Passage) {
    this.#segments = segments;
    let length = 0;
    this.#starts = segments.map(({ spoken }) => {
      const start = length;
      length += spoken.length + 1;
      return start;
    });
    this.#spoken = segments.map(({ spoken }) => spoken).join("\n");
  }

  /** @returns undefined when nothing is left that the word could stand for. */
  place(word: string): WrittenPlace | undefined {
    const found = this.#find(word) ?? this.#writtenAlias(word) ?? this.#nextWord();
    if (found === undefined) {
      return undefined;
    }
    this.#cursor = found.end;
    return this.#placeOf(found.start, found.end);
  }

  #find(word: string): Range | undefined {
    const ahead = this.#spoken.slice(this.#cursor, this.#cursor + WINDOW + word.length);
    const exact = indexOfWord(ahead, word);
    const index = exact === -1 ? indexOfWord(ahead.toLowerCase(), word.toLowerCase()) : exact;
    if (index === -1 || word === "") {
      return undefined;
    }
    return { start: this.#cursor + index, end: this.#cursor + index + word.length };
  }

  /** Some engines report an alias by what is written. */
  #writtenAlias(word: string): Range | undefined {
    const from = this.#segmentAt(this.#cursor);
    for (let index = from; index < this.#segments.length; index++) {
      const segment = this.#segments[index];
      const start = this.#starts[index] ?? 0;
      if (segment === undefined || start > this.#cursor + WINDOW) {
        return undefined;
      }
      if (segment.isReplaced && segment.written.includes(word)) {
        return { start, end: start + segment.spoken.length };
      }
    }
    return undefined;
  }

  /** A number or abbreviation is reported as it is read out: it stands for the next word. */
  #nextWord(): Range | undefined {
    NEXT_WORD.lastIndex = this.#cursor;
    const match = NEXT_WORD.exec(this.#spoken);
    return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
  }

  #placeOf(start: number, end: number): WrittenPlace | undefined {
    const index = this.#segmentAt(start);
    const segment = this.#segments[index];
    if (segment === undefined) {
      return undefined;
    }
    const offset = this.#starts[index] ?? 0;
    const from = segment.isReplaced ? 0 : start - offset;
    const to = segment.isReplaced ? segment.written.length : Math.min(end - offset, segment.written.length);
    return {
      start: segment.start + from,
      end: segment.start + to,
      source: sourceSpan(segment.source, from, to),
    };
  }

  /** The last segment that begins at or before a place of the spoken text. */
  #segmentAt(position: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? Infinity) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the word begins a word of the text; else, as in scripts without spaces, where it occurs at all. */
function indexOfWord(text: string, word: string): number {
  const first = text.indexOf(word);
  for (let index = first; index !== -1; index = text.indexOf(word, index + 1)) {
    if (index === 0 || !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, index - 2), index))) {
      return index;
    }
  }
  return first;
}
