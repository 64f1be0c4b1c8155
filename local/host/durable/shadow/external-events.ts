import { SUCCEEDED, ShadowTask } from "./shadow-task.ts";

/** Hands events to those who wait for them: the newest waits first; an event nobody waits for is kept. */
export class ExternalEvents {
  readonly #waiting = new Map<string, ShadowTask[]>();
  readonly #buffered = new Map<string, number>();

  wait(eventName: string): ShadowTask {
    const key = keyOf(eventName);
    const buffered = this.#buffered.get(key) ?? 0;
    if (buffered > 0) {
      this.#buffered.set(key, buffered - 1);
      return ShadowTask.settled();
    }
    const task = new ShadowTask();
    const waiting = this.#waiting.get(key) ?? [];
    waiting.push(task);
    this.#waiting.set(key, waiting);
    return task;
  }

  raise(eventName: string): void {
    const key = keyOf(eventName);
    const task = this.#waiting.get(key)?.pop();
    if (task === undefined) {
      this.#buffered.set(key, (this.#buffered.get(key) ?? 0) + 1);
    } else {
      task.settle(SUCCEEDED);
    }
  }
}

/** The extension ignores the case of event names. */
function keyOf(eventName: string): string {
  return eventName.toLowerCase();
}
