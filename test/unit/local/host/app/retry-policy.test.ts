import { describe, expect, it } from "vitest";
import { delayBeforeRetryMs, retryOptionsSchema } from "../../../../../local/host/app/retry-policy.ts";

describe("a retry policy", () => {
  it("reads the options as the library registers them", () => {
    const options = {
      strategy: "exponentialBackoff",
      retryStrategy: "exponentialBackoff",
      maxRetryCount: 5,
      minimumInterval: { seconds: 2 },
      maximumInterval: { seconds: 60 },
    };

    expect(retryOptionsSchema.parse(options)).toEqual({
      kind: "exponential-backoff",
      maxRetryCount: 5,
      minimumDelayMs: 2_000,
      maximumDelayMs: 60_000,
    });
  });

  it("waits the same time before each of its retries", () => {
    const policy = { kind: "fixed-delay", maxRetryCount: 2, delayMs: 500 } as const;

    const delays = [1, 2, 3].map((retry) => delayBeforeRetryMs(policy, retry, () => 0));

    expect(delays).toEqual([500, 500, undefined]);
  });

  it("goes on for ever with a count of -1", () => {
    const policy = { kind: "fixed-delay", maxRetryCount: -1, delayMs: 1 } as const;

    expect(delayBeforeRetryMs(policy, 1_000_000, () => 0)).toBe(1);
  });

  it("backs off from the minimum to the maximum", () => {
    const limits = { minimumDelayMs: 100, maximumDelayMs: 1_000 };
    const policy = { kind: "exponential-backoff", maxRetryCount: 9, ...limits } as const;

    const delays = [1, 2, 3, 4, 5].map((retry) => delayBeforeRetryMs(policy, retry, () => 0.5));

    expect(delays).toEqual([200, 300, 500, 900, 1_000]);
  });
});
