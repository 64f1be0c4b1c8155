import type { SourceSpan } from "../ssml/source-map.ts";

/** A word of the written text and when it is heard, in ms from the start of the audio. */
export interface TimedWord {
  /** Place in the written text of the whole synthesis; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Place in what the client sent. */
  readonly source: SourceSpan;
  readonly startMs: number;
  readonly endMs: number;
}

export interface TimedSentence extends TimedWord {
  readonly text: string;
}

export interface TimedViseme {
  /** 0..21. */
  readonly visemeId: number;
  readonly startMs: number;
}

/** When a `<bookmark>` of the SSML is reached. */
export interface TimedBookmark {
  readonly mark: string;
  readonly timeMs: number;
}

/** Who says when a word is spoken: the speech service, or our estimate from the length of the audio. */
export type TimingSource = "engine" | "estimated";
