import { estimateWords } from "../../domain/speech/timings/estimate-words.ts";
import type { Passage } from "../../domain/speech/timings/passage.ts";
import type { TimedWord } from "../../domain/speech/timings/timed-word.ts";
import { WordAligner } from "../../domain/speech/timings/word-aligner.ts";

/** Where a part stands in the whole synthesis. */
export interface PartPlace {
  readonly passage: Passage;
  readonly locale: string;
  /** Of the part's first character in the written text. */
  readonly writtenOffset: number;
  /** Of the part's first sample in the audio. */
  readonly startMs: number;
}

/** Turns what the engine says about words into words of the written text; where it says nothing, estimates them. */
export class PartWords {
  readonly #place: PartPlace;
  readonly #aligner: WordAligner;
  #pending: TimedWord | undefined;
  #hasReports = false;

  constructor(place: PartPlace) {
    this.#place = place;
    this.#aligner = new WordAligner(place.passage);
  }

  /** The engine told when at least one word is spoken. */
  get isReported(): boolean {
    return this.#hasReports;
  }

  /**
   * @param startMs from the start of the part.
   * @returns the word before, which is complete: several words of an alias are one word of the text.
   */
  report(text: string, startMs: number, durationMs: number): readonly TimedWord[] {
    this.#hasReports = true;
    const place = this.#aligner.place(text);
    if (place === undefined) {
      return [];
    }
    const { writtenOffset } = this.#place;
    const absoluteMs = this.#place.startMs + startMs;
    const word = {
      start: writtenOffset + place.start,
      end: writtenOffset + place.end,
      source: place.source,
      startMs: Math.round(absoluteMs),
      endMs: Math.round(absoluteMs + durationMs),
    };
    const previous = this.#pending;
    if (previous?.start === word.start) {
      this.#pending = { ...previous, endMs: Math.max(previous.endMs, word.endMs) };
      return [];
    }
    const startsAt = Math.max(word.startMs, previous?.startMs ?? 0);
    this.#pending = { ...word, startMs: startsAt, endMs: Math.max(word.endMs, startsAt) };
    return previous === undefined ? [] : [previous];
  }

  /** @param endMs of the part, in the whole audio. @returns what is left, or every word as estimated. */
  finish(endMs: number): readonly TimedWord[] {
    if (this.#hasReports) {
      return this.#pending === undefined ? [] : [this.#pending];
    }
    const { passage, locale, writtenOffset, startMs } = this.#place;
    return estimateWords(passage, { startMs, endMs }, locale).map((word) => ({
      ...word,
      start: word.start + writtenOffset,
      end: word.end + writtenOffset,
    }));
  }
}
