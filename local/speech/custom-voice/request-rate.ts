import { tooManyRequests } from "./refusals.ts";

/** @see "Quotas and limits" of the Speech service: 50 requests per 10 seconds for custom voice. */
const MAX_REQUESTS = 50;
const WINDOW_MS = 10_000;

/** Counts the requests of a sliding window. */
export class RequestRate {
  #timesMs: readonly number[] = [];

  /** @throws {@link Refusal} 429, without `Retry-After`, as this API answers it. */
  admit(nowMs: number): void {
    this.#timesMs = this.#timesMs.filter((timeMs) => timeMs > nowMs - WINDOW_MS);
    if (this.#timesMs.length >= MAX_REQUESTS) {
      throw tooManyRequests("Requests have exceeded the limit of 50 per 10 seconds of the resource.");
    }
    this.#timesMs = [...this.#timesMs, nowMs];
  }
}
