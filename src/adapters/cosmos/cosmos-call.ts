import { setTimeout as delay } from "node:timers/promises";

import { errorOf, retryAfterMsOf, statusOf, unavailable } from "./cosmos-errors.ts";

/** What holds for every call of a database. */
export interface CosmosCallOptions {
  readonly deadlineMs: number;
  /** Hears of every 429. Default: nobody does. */
  readonly onThrottled?: (() => void) | undefined;
}

export interface CosmosCall extends CosmosCallOptions {
  /** What the call is about, for people; names no content. */
  readonly what: string;
  /** Of the caller. */
  readonly signal?: AbortSignal | undefined;
}

const MAX_ATTEMPTS = 4;

type Work<T> = (abortSignal: AbortSignal) => Promise<T>;

/**
 * Runs a call of the SDK until its deadline; one that was throttled, which changes nothing, runs again when Cosmos DB
 * says so.
 *
 * @throws the caller's reason when the caller gives up, otherwise what {@link errorOf} makes of the failure.
 */
export async function callCosmos<T>(call: CosmosCall, work: Work<T>): Promise<T> {
  const { what, deadlineMs, signal } = call;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(deadlineMs);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    return await throughThrottling(() => untilAborted(work, either), { ...call, signal: either });
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.aborted ? unavailable(error) : errorOf(error, what);
  }
}

async function throughThrottling<T>(
  attempt: () => Promise<T>,
  { deadlineMs, onThrottled, signal }: CosmosCallOptions & { readonly signal: AbortSignal },
): Promise<T> {
  const endsAtMs = performance.now() + deadlineMs;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (statusOf(error) === 429) {
        onThrottled?.();
      }
      const waitMs = retryAfterMsOf(error);
      if (waitMs === undefined || attempts === MAX_ATTEMPTS || performance.now() + waitMs > endsAtMs) {
        throw error;
      }
      await delay(waitMs, undefined, { signal });
    }
  }
}

/** The SDK does not hear a signal while it waits before a retry of its own. */
async function untilAborted<T>(work: Work<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(signal), promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
