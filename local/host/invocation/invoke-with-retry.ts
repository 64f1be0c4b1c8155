import { delayBeforeRetryMs } from "../app/retry-policy.ts";
import type { HostClock } from "../clock.ts";
import type { RetryContext } from "../core/protocol.ts";
import type { Invocation, InvocationOutcome, Invoker } from "./invoker.ts";
import { waitUntil } from "./wait-until.ts";

export interface RetryTools {
  readonly clock: HostClock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ends the waiting between attempts. */
  readonly signal: AbortSignal;
}

/** Runs a function again after a failure, as its retry policy says. Azure heeds such policies for timers only. */
export async function invokeWithRetry(
  invoker: Invoker,
  invocation: Invocation,
  tools: RetryTools,
): Promise<InvocationOutcome> {
  const policy = invocation.fn.retry;
  if (policy === undefined) {
    return invoker.invoke(invocation);
  }
  let retryContext: RetryContext = { retryCount: 0, maxRetryCount: policy.maxRetryCount };
  for (;;) {
    const outcome = await invoker.invoke({ ...invocation, retryContext });
    const retryCount = retryContext.retryCount + 1;
    const delayMs = outcome.succeeded ? undefined : delayBeforeRetryMs(policy, retryCount, tools.random);
    if (outcome.succeeded || delayMs === undefined) {
      return outcome;
    }
    await waitUntil(tools.clock, tools.clock.now() + delayMs, tools.signal);
    if (tools.signal.aborted) {
      return outcome;
    }
    retryContext = { ...retryContext, retryCount, exception: exceptionOf(outcome.error, invocation.fn.name) };
  }
}

function exceptionOf(error: unknown, source: string): NonNullable<RetryContext["exception"]> {
  return error instanceof Error
    ? { message: error.message, source, stackTrace: error.stack ?? "" }
    : { message: String(error), source, stackTrace: "" };
}
