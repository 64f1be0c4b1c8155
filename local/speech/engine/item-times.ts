export interface ItemTime {
  readonly index: number;
  readonly startMs: number;
}

/** When the items of a clause begin. eSpeak NG swallows a mark now and then: its item is put between its neighbours. */
export class ItemTimes {
  #last: ItemTime;

  constructor(clauseStartMs: number) {
    this.#last = { index: -1, startMs: clauseStartMs };
  }

  /** @returns the items up to this one that have not been reported, in order. */
  reach(index: number, startMs: number): readonly ItemTime[] {
    const { index: lastIndex, startMs: lastMs } = this.#last;
    if (index <= lastIndex) {
      return [];
    }
    const count = index - lastIndex;
    this.#last = { index, startMs };
    return Array.from({ length: count }, (_, step) => ({
      index: lastIndex + 1 + step,
      startMs: lastMs + ((startMs - lastMs) * (step + 1)) / count,
    }));
  }
}
