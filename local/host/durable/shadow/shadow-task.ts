/** How a task ended. `nonRetriable` stops a retry policy. */
export type Outcome =
  | { readonly succeeded: true }
  | { readonly succeeded: false; readonly nonRetriable: boolean };

export const SUCCEEDED: Outcome = { succeeded: true };
export const FAILED: Outcome = { succeeded: false, nonRetriable: false };

/** The host's picture of one task that an orchestrator waits for. Settles once; what comes later is ignored. */
export class ShadowTask {
  #outcome: Outcome | undefined;
  #listener: ((outcome: Outcome) => void) | undefined;

  static settled(): ShadowTask {
    const task = new ShadowTask();
    task.settle(SUCCEEDED);
    return task;
  }

  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** Calls `listener` when the task settles, at once if it has. */
  whenSettled(listener: (outcome: Outcome) => void): void {
    this.#listener = listener;
    if (this.#outcome !== undefined) {
      listener(this.#outcome);
    }
  }

  settle(outcome: Outcome): void {
    if (this.#outcome === undefined) {
      this.#outcome = outcome;
      this.#listener?.(outcome);
    }
  }
}
