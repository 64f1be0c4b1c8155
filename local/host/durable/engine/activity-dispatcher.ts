/** Runs scheduled activities in their order, at most `maxConcurrent` at a time. */
export class ActivityDispatcher {
  readonly #run: (activityId: number) => Promise<void>;
  readonly #maxConcurrent: number;
  readonly #waiting = new Set<number>();
  #running = 0;
  #isStopped = false;

  /** @param run runs one activity and records its outcome; never rejects. */
  constructor(run: (activityId: number) => Promise<void>, maxConcurrent: number) {
    this.#run = run;
    this.#maxConcurrent = maxConcurrent;
  }

  enqueue(activityIds: readonly number[]): void {
    for (const activityId of activityIds) {
      this.#waiting.add(activityId);
    }
    this.#startWaiting();
  }

  /** Starts no further activity. */
  stop(): void {
    this.#isStopped = true;
  }

  #startWaiting(): void {
    for (const activityId of this.#waiting) {
      if (this.#isStopped || this.#running >= this.#maxConcurrent) {
        return;
      }
      this.#waiting.delete(activityId);
      this.#running += 1;
      void this.#runOne(activityId);
    }
  }

  async #runOne(activityId: number): Promise<void> {
    await this.#run(activityId);
    this.#running -= 1;
    this.#startWaiting();
  }
}
