import { timeSpan, type TimerLimits } from "./timer-limits.ts";

export interface OrchestratorRequest {
  readonly instanceId: string;
  readonly parentInstanceId: string | null;
  /** JSON text. */
  readonly input: string | null;
  readonly isReplaying: boolean;
  /** The elements of a JSON array, without its brackets. */
  readonly history: string;
  readonly limits: TimerLimits;
}

/** What the trigger of an orchestrator function carries, as JSON text. */
export function orchestratorRequestText(request: OrchestratorRequest): string {
  const rest = JSON.stringify({
    instanceId: request.instanceId,
    isReplaying: request.isReplaying,
    parentInstanceId: request.parentInstanceId,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: timeSpan(request.limits.longRunningTimerIntervalMs),
    maximumShortTimerDuration: timeSpan(request.limits.maximumShortTimerMs),
    // The protocol misspells it.
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
  return `{"history":[${request.history}],"input":${request.input ?? "null"},${rest.slice(1)}`;
}
