import type { Clock } from "../../application/ports/clock.ts";
import type { CounterStore } from "../../application/ports/counters.ts";

const MAX_KEYS = 50_000;

/** Counters of this process; the oldest window is forgotten when there are too many. */
export class BoundedCounters implements CounterStore {
  readonly #clock: Clock;
  readonly #counters = new Map<string, { readonly value: number; readonly expiresAt: Date }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async increment(key: string, amount: number, windowSeconds: number) {
    const now = this.#clock.now();
    const stored = this.#counters.get(key);
    const isAlive = stored !== undefined && stored.expiresAt > now;
    const expiresAt = isAlive ? stored.expiresAt : new Date(now.getTime() + windowSeconds * 1000);
    const counter = { value: (isAlive ? stored.value : 0) + amount, expiresAt };
    if (!isAlive) {
      this.#counters.delete(key);
      this.#makeRoom();
    }
    this.#counters.set(key, counter);
    return counter;
  }

  #makeRoom(): void {
    const oldest = this.#counters.keys().next();
    if (this.#counters.size >= MAX_KEYS && oldest.done !== true) {
      this.#counters.delete(oldest.value);
    }
  }
}
