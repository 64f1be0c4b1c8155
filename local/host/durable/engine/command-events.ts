import { EventType, type HistoryEvent } from "../protocol/history-event.ts";
import type { Command } from "../shadow/command.ts";

/** The event that records a command in the history of `executionId`. */
export function eventOf(command: Command, executionId: string, timestamp: string): HistoryEvent {
  const base = { EventId: command.id, Timestamp: timestamp };
  switch (command.kind) {
    case "activity":
      return {
        EventType: EventType.TaskScheduled,
        ...base,
        Name: command.name,
        Version: "",
        Input: command.input,
      };
    case "timer":
      return { EventType: EventType.TimerCreated, ...base, FireAt: new Date(command.fireAtMs).toISOString() };
    case "sub-orchestration":
      return {
        EventType: EventType.SubOrchestrationInstanceCreated,
        ...base,
        Name: command.name,
        Version: command.version,
        InstanceId: childIdOf(command, executionId),
        Input: command.input,
      };
  }
}

/** The id of a child orchestration; by default it is derived from its parent's execution. */
export function childIdOf(
  command: Command & { readonly kind: "sub-orchestration" },
  executionId: string,
): string {
  return command.instanceId ?? `${executionId}:${command.id}`;
}
