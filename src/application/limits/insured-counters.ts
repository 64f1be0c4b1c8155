import type { Clock } from "../ports/clock.ts";
import type { CounterStore } from "../ports/counters.ts";
import type { Logger } from "../ports/logger.ts";

export interface InsuredCountersParts {
  /** Exact across instances. */
  readonly store: CounterStore;
  /** This instance's own, for the time in which the store is down. */
  readonly insurance: CounterStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** After a failure the store is left alone for this long. */
const RECOVERY_MS = 5_000;

/** A rate limit is not worth a longer wait. */
const DEADLINE_MS = 1_000;

/** Counters that keep counting, per instance, while the store is down or slow. */
export class InsuredCounters implements CounterStore {
  readonly #parts: InsuredCountersParts;
  #downUntilMs = 0;

  constructor(parts: InsuredCountersParts) {
    this.#parts = parts;
  }

  /** Never throws what the store throws. */
  async increment(key: string, amount: number, windowSeconds: number) {
    const { store, insurance, clock, logger } = this.#parts;
    if (clock.now().getTime() >= this.#downUntilMs) {
      try {
        return await inTime(store.increment(key, amount, windowSeconds));
      } catch (error) {
        this.#downUntilMs = clock.now().getTime() + RECOVERY_MS;
        logger.log("warning", "Rate limits are counted per instance: the store is down", {
          error: String(error),
        });
      }
    }
    return insurance.increment(key, amount, windowSeconds);
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
