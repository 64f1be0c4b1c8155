/** Runs at most one turn of an orchestration at a time, and at most `maxConcurrent` of all of them. */
export class TurnScheduler {
  readonly #takeTurn: (instanceId: string) => Promise<void>;
  readonly #maxConcurrent: number;
  readonly #ready = new Set<string>();
  readonly #running = new Set<string>();
  /** Those for which something arrived while they ran. */
  readonly #again = new Set<string>();
  #isStopped = false;

  /** @param takeTurn never rejects. */
  constructor(takeTurn: (instanceId: string) => Promise<void>, maxConcurrent: number) {
    this.#takeTurn = takeTurn;
    this.#maxConcurrent = maxConcurrent;
  }

  /** Something waits in the inbox of the orchestration. */
  wake(instanceId: string): void {
    if (this.#running.has(instanceId)) {
      this.#again.add(instanceId);
    } else {
      this.#ready.add(instanceId);
      this.#startReady();
    }
  }

  /** Starts no further turn. */
  stop(): void {
    this.#isStopped = true;
  }

  #startReady(): void {
    for (const instanceId of this.#ready) {
      if (this.#isStopped || this.#running.size >= this.#maxConcurrent) {
        return;
      }
      this.#ready.delete(instanceId);
      this.#running.add(instanceId);
      void this.#run(instanceId);
    }
  }

  async #run(instanceId: string): Promise<void> {
    await this.#takeTurn(instanceId);
    this.#running.delete(instanceId);
    if (this.#again.delete(instanceId)) {
      this.#ready.add(instanceId);
    }
    this.#startReady();
  }
}
