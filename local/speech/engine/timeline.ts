import type { TimedEvent } from "../plan/speech-plan.ts";

interface Open {
  readonly text: string;
  readonly startMs: number;
}

/** Turns the moments at which words and sentences begin into events, which also say how long they last. */
export class Timeline {
  readonly #emit: (event: TimedEvent) => void;
  #word: Open | undefined;
  #sentenceStartMs: number | undefined;
  #isSentenceOpen = false;

  constructor(emit: (event: TimedEvent) => void) {
    this.#emit = emit;
  }

  startWord(text: string, startMs: number): void {
    this.endWord(startMs);
    this.#word = { text, startMs };
    if (this.#isSentenceOpen) {
      this.#sentenceStartMs ??= startMs;
    }
  }

  endWord(endMs: number): void {
    if (this.#word !== undefined && this.#word.text !== "") {
      const { text, startMs } = this.#word;
      this.#emit({ kind: "word", text, startMs, durationMs: endMs - startMs });
    }
    this.#word = undefined;
  }

  startSentence(): void {
    this.#isSentenceOpen = true;
    this.#sentenceStartMs = undefined;
  }

  endSentence(text: string, endMs: number): void {
    if (this.#sentenceStartMs !== undefined) {
      const startMs = this.#sentenceStartMs;
      this.#emit({ kind: "sentence", text, startMs, durationMs: endMs - startMs });
    }
    this.#isSentenceOpen = false;
  }
}
