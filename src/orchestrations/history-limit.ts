/** Activities whose results one execution may keep; Durable reads all of them again at every step. */
const MAX_CALLS = 100;

/** The orchestration goes on in a new execution, with an empty history. */
export class HistoryFull extends Error {
  override readonly name = "HistoryFull";
}

/** Counts what the history of one execution keeps. */
export class HistoryLimit {
  #calls = 0;

  /** @throws HistoryFull */
  note(calls: number): void {
    this.#calls += calls;
    if (this.#calls >= MAX_CALLS) {
      throw new HistoryFull();
    }
  }
}
