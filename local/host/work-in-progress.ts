/** Counts what runs, so that tests and a stop can wait until nothing does. */
export class WorkInProgress {
  #count = 0;
  readonly #waiting: (() => void)[] = [];

  get count(): number {
    return this.#count;
  }

  async track<Result>(run: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await run();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) {
        this.#waiting.splice(0).forEach((resolve) => {
          resolve();
        });
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
