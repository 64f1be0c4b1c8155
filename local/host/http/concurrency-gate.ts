export interface ConcurrencyLimits {
  /** Calls that run or wait; −1: no limit. */
  readonly maxOutstandingRequests: number;
  /** Calls that run; −1: no limit. */
  readonly maxConcurrentRequests: number;
}

/** Lets so many calls run, so many wait, and refuses the rest: `extensions.http` of host.json. */
export class ConcurrencyGate {
  readonly #maxOutstanding: number;
  readonly #maxRunning: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: ConcurrencyLimits) {
    this.#maxOutstanding = unlimitedIfNegative(limits.maxOutstandingRequests);
    this.#maxRunning = unlimitedIfNegative(limits.maxConcurrentRequests);
  }

  get isFull(): boolean {
    return this.#running + this.#waiting.length >= this.#maxOutstanding;
  }

  async run(call: () => Promise<void>): Promise<void> {
    if (this.#running >= this.#maxRunning) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else {
      this.#running += 1;
    }
    try {
      await call();
    } finally {
      this.#passOn();
    }
  }

  /** The place of an ended call goes to the one that has waited longest. */
  #passOn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#running -= 1;
    } else {
      next();
    }
  }
}

function unlimitedIfNegative(limit: number): number {
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}
