/** Counts what runs, so that tests and a stop can wait until nothing does. */
export class WorkInProgress {
  #count = 0;
  #waiting: (() => void)[] = [];

  async track<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await run();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) {
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const resolve of waiting) {
          resolve();
        }
      }
    }
  }

  /** Resolves as soon as nothing runs. */
  async idle(): Promise<void> {
    while (this.#count > 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }
}
