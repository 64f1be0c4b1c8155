import type { RetryPolicy } from "../protocol/action.ts";
import type { ShadowScheduler } from "./shadow-scheduler.ts";
import { ShadowTask, type Outcome } from "./shadow-task.ts";

/**
 * A call that is repeated after failures: a timer follows every failure, also the last one, whose timer fires at once.
 */
export function retryingTask(
  scheduler: ShadowScheduler,
  policy: RetryPolicy,
  call: () => ShadowTask,
): ShadowTask {
  const task = new ShadowTask();
  const expiresMs = scheduler.nowMs + policy.retryTimeoutMs;
  const attempt = (number: number): void => {
    call().whenSettled((outcome) => {
      if (outcome.succeeded || outcome.nonRetriable) {
        task.settle(outcome);
      } else if (number >= policy.maxNumberOfAttempts) {
        settleAfterTimer(outcome);
      } else if (scheduler.nowMs >= expiresMs) {
        task.settle(outcome);
      } else {
        const timer = scheduler.timer(scheduler.nowMs + retryDelayMs(policy, number));
        timer.whenSettled(() => {
          attempt(number + 1);
        });
      }
    });
  };
  const settleAfterTimer = (outcome: Outcome): void => {
    scheduler.timer(scheduler.nowMs).whenSettled(() => {
      task.settle(outcome);
    });
  };
  attempt(1);
  return task;
}

/** @param failures how many attempts have failed, from 1. */
function retryDelayMs(policy: RetryPolicy, failures: number): number {
  const delayMs = policy.firstRetryIntervalMs * policy.backoffCoefficient ** (failures - 1);
  return Math.min(delayMs, policy.maxRetryIntervalMs);
}
