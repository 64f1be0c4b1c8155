import { setTimeout as delay } from "node:timers/promises";

import { errorOf, retryAfterMsOf, unavailable } from "./cosmos-errors.ts";

export interface CosmosCall {
  /** What the call is about, for people; names no content. */
  readonly what: string;
  readonly deadlineMs: number;
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
export async function callCosmos<T>({ what, deadlineMs, signal }: CosmosCall, work: Work<T>): Promise<T> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(deadlineMs);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    return await throughThrottling(() => untilAborted(work, either), { deadlineMs, signal: either });
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.aborted ? unavailable(error) : errorOf(error, what);
  }
}

async function throughThrottling<T>(
  attempt: () => Promise<T>,
  { deadlineMs, signal }: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<T> {
  const endsAtMs = performance.now() + deadlineMs;
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
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
