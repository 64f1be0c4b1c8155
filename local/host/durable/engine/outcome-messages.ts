import { EventType, UNNUMBERED, type Failure, type Message } from "../protocol/history-event.ts";
import type { TurnEnd } from "./orchestrator-turn.ts";

/** How an execution ends for good. */
export type FinalEnd = TurnEnd & { readonly kind: "completed" | "failed" | "terminated" };

/** What the parent of an orchestration is told at its end. */
export function endedMessage(taskId: number, end: FinalEnd, timestamp: string): Message {
  if (end.kind === "completed") {
    return {
      EventType: EventType.SubOrchestrationInstanceCompleted,
      EventId: UNNUMBERED,
      TaskScheduledId: taskId,
      Result: end.output,
      Timestamp: timestamp,
    };
  }
  const details = end.failureDetails === undefined ? {} : { FailureDetails: end.failureDetails };
  return childFailedMessage(taskId, { Reason: end.reason, Details: "", ...details }, timestamp);
}

export function childFailedMessage(taskId: number, failure: Failure, timestamp: string): Message {
  return {
    EventType: EventType.SubOrchestrationInstanceFailed,
    EventId: UNNUMBERED,
    TaskScheduledId: taskId,
    ...failure,
    Timestamp: timestamp,
  };
}
