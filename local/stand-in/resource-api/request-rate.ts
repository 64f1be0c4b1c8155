import { tooManyRequests } from "./refusals.ts";

const WINDOW_MS = 10_000;

/** Counts the requests of a sliding window. */
export class RequestRate {
  readonly #maxRequests: number;
  #timesMs: readonly number[] = [];

  /** @param maxRequests in 10 seconds. */
  constructor(maxRequests: number) {
    this.#maxRequests = maxRequests;
  }

  /** @throws {@link Refusal} 429, without `Retry-After`, as this API answers it. */
  admit(nowMs: number): void {
    this.#timesMs = this.#timesMs.filter((timeMs) => timeMs > nowMs - WINDOW_MS);
    if (this.#timesMs.length >= this.#maxRequests) {
      throw tooManyRequests(
        `Requests have exceeded the limit of ${this.#maxRequests} per 10 seconds of the resource.`,
      );
    }
    this.#timesMs = [...this.#timesMs, nowMs];
  }
}
