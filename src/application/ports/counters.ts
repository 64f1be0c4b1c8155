/** Counters that are exact across instances and forget themselves: the ground of rate limits. */
export interface CounterStore {
  /**
   * Adds to a counter and returns its value afterwards; the counter is gone `windowSeconds` after its first increment.
   *
   * @throws {@link ServiceError} `store-unavailable` (retryable).
   */
  increment(
    key: string,
    amount: number,
    windowSeconds: number,
  ): Promise<{ readonly value: number; readonly expiresAt: Date }>;
}
