import type { OrchestrationContext, Task } from "durable-functions";

/** Name of the external event that ends an orchestration early. */
const CANCEL_EVENT = "cancel";

/** The orchestration was told to stop. */
export class Canceled extends Error {
  override readonly name = "Canceled";
}

/** Listens for the cancel event from the moment it is made; make one per execution, before anything else. */
export class Cancellation {
  readonly #context: OrchestrationContext;
  readonly #event: Task;

  constructor(context: OrchestrationContext) {
    this.#context = context;
    this.#event = context.df.waitForExternalEvent(CANCEL_EVENT);
  }

  /** @throws Canceled when the event has come. */
  check(): void {
    if (this.#event.isCompleted) {
      throw new Canceled();
    }
  }

  /** Waits, but no longer than until the event comes. @throws Canceled */
  *pause(seconds: number): Generator<Task, void, Task> {
    this.check();
    const end = new Date(this.#context.df.currentUtcDateTime.getTime() + seconds * 1000);
    const timer = this.#context.df.createTimer(end);
    const winner = yield this.#context.df.Task.any([timer, this.#event]);
    if (winner === this.#event) {
      timer.cancel();
      throw new Canceled();
    }
  }
}
