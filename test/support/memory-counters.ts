import type { Clock } from "../../src/application/ports/clock.ts";
import type { CounterStore } from "../../src/application/ports/counters.ts";

/** Counters in a map. */
export class MemoryCounters implements CounterStore {
  /** Thrown while it is set: a store that is down. */
  failure: Error | undefined;
  readonly #clock: Clock;
  readonly #counters = new Map<string, { readonly value: number; readonly expiresAt: Date }>();

  constructor(clock: Clock = { now: () => new Date() }) {
    this.#clock = clock;
  }

  async increment(key: string, amount: number, windowSeconds: number) {
    if (this.failure !== undefined) {
      throw this.failure;
    }
    const nowMs = this.#clock.now().getTime();
    const stored = this.#counters.get(key);
    const living =
      stored !== undefined && stored.expiresAt.getTime() > nowMs
        ? stored
        : { value: 0, expiresAt: new Date(nowMs + windowSeconds * 1000) };
    const counter = { value: living.value + amount, expiresAt: living.expiresAt };
    this.#counters.set(key, counter);
    return counter;
  }
}
