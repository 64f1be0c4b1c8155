import { z } from "zod";

const intervalSchema = z.object({ seconds: z.number() }).transform(({ seconds }) => seconds * 1000);

/** Retry options as the library registers them. */
export const retryOptionsSchema = z
  .discriminatedUnion("retryStrategy", [
    z.object({
      retryStrategy: z.literal("fixedDelay"),
      maxRetryCount: z.number().int(),
      delayInterval: intervalSchema,
    }),
    z.object({
      retryStrategy: z.literal("exponentialBackoff"),
      maxRetryCount: z.number().int(),
      minimumInterval: intervalSchema,
      maximumInterval: intervalSchema,
    }),
  ])
  .transform((options): RetryPolicy => {
    const { maxRetryCount } = options;
    return options.retryStrategy === "fixedDelay"
      ? { kind: "fixed-delay", maxRetryCount, delayMs: options.delayInterval }
      : {
          kind: "exponential-backoff",
          maxRetryCount,
          minimumDelayMs: options.minimumInterval,
          maximumDelayMs: options.maximumInterval,
        };
  });

interface FixedDelay {
  readonly kind: "fixed-delay";
  /** −1: for ever. */
  readonly maxRetryCount: number;
  readonly delayMs: number;
}

interface ExponentialBackoff {
  readonly kind: "exponential-backoff";
  /** −1: for ever. */
  readonly maxRetryCount: number;
  readonly minimumDelayMs: number;
  readonly maximumDelayMs: number;
}

export type RetryPolicy = FixedDelay | ExponentialBackoff;

/** @returns the wait before the retry with this number (from 1), or `undefined` when there is none. */
export function delayBeforeRetryMs(
  policy: RetryPolicy,
  retry: number,
  random: () => number,
): number | undefined {
  if (policy.maxRetryCount >= 0 && retry > policy.maxRetryCount) {
    return undefined;
  }
  if (policy.kind === "fixed-delay") {
    return policy.delayMs;
  }
  const spreadMs = policy.minimumDelayMs * 2 ** (retry - 1) * (0.8 + random() * 0.4);
  return Math.min(policy.minimumDelayMs + spreadMs, policy.maximumDelayMs);
}
