/** The time that one page may take at a stretch. */
export interface PageSlice {
  /** Others wait for their turn: the rest of the page comes later. Once true, it stays so. */
  isOver(): boolean;
  end(): void;
}

/** Pages at work on one instance from which on others may be waiting: host.json lets 20 activities run at once. */
const CROWD = 12;

const SLICE_MS = 3_000;

/** Makes pages give way when so many are at work here that the activities of other batches would wait long for a start. */
export class PageSlices {
  readonly #nowMs: () => number;
  #atWork = 0;

  /** @param nowMs monotonic. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  begin(): PageSlice {
    const endMs = this.#nowMs() + SLICE_MS;
    let hasEnded = false;
    let isOver = false;
    this.#atWork += 1;
    return {
      isOver: () => (isOver ||= this.#atWork > CROWD && this.#nowMs() >= endMs),
      end: () => {
        this.#atWork -= hasEnded ? 0 : 1;
        hasEnded = true;
      },
    };
  }
}
