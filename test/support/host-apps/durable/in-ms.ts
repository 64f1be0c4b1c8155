import type { OrchestrationContext } from "durable-functions";

/** A moment so far after the time of the replay. */
export function inMs(context: OrchestrationContext, durationMs: number): Date {
  return new Date(context.df.currentUtcDateTime.getTime() + durationMs);
}
