import type { TimerLimits } from "../protocol/timer-limits.ts";
import type { ShadowScheduler } from "./shadow-scheduler.ts";
import { FAILED, SUCCEEDED, ShadowTask } from "./shadow-task.ts";

export interface TimerRequest {
  readonly fireAtMs: number;
  /** A cancelled timer keeps its ids and counts as settled. */
  readonly isCanceled: boolean;
  readonly limits: TimerLimits;
}

/** A timer, or a chain of timers when it is longer than the host allows one to be. */
export function timerTask(scheduler: ShadowScheduler, request: TimerRequest): ShadowTask {
  const task = new ShadowTask();
  if (request.isCanceled) {
    task.settle(FAILED);
  }
  const next = (): void => {
    const { maximumShortTimerMs, longRunningTimerIntervalMs } = request.limits;
    const isLong = request.fireAtMs - scheduler.nowMs > maximumShortTimerMs;
    const timer = scheduler.timer(isLong ? scheduler.nowMs + longRunningTimerIntervalMs : request.fireAtMs);
    timer.whenSettled(() => {
      if (isLong && task.outcome === undefined && scheduler.nowMs < request.fireAtMs) {
        next();
      } else {
        task.settle(SUCCEEDED);
      }
    });
  };
  next();
  return task;
}
