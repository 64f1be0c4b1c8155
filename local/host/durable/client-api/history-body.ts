import { EventType, type HistoryEvent } from "../protocol/history-event.ts";
import { RUNTIME_STATUSES } from "../protocol/runtime-status.ts";
import { valueOfJson } from "./json-text.ts";

export interface HistoryOptions {
  readonly showInput: boolean;
  readonly showOutput: boolean;
}

type Body = Readonly<Record<string, unknown>>;

const TYPE_NAMES = new Map<number, string>(Object.entries(EventType).map(([name, type]) => [type, name]));

/** The history as clients see it: names for types, and what was scheduled merged into its outcome. */
export function historyBody(history: readonly HistoryEvent[], options: HistoryOptions): Body[] {
  const completed = new Set(history.flatMap((event) => scheduledIdOf(event) ?? []));
  const scheduled = new Map(history.filter(isScheduling).map((event) => [event.EventId, event]));
  return history
    .filter((event) => !isHidden(event) && !(isScheduling(event) && completed.has(event.EventId)))
    .map((event) => bodyOf(event, scheduled.get(scheduledIdOf(event) ?? Number.NaN), options));
}

function bodyOf(event: HistoryEvent, scheduled: HistoryEvent | undefined, options: HistoryOptions): Body {
  return {
    EventType: TYPE_NAMES.get(event.EventType),
    ...membersOf(event, options),
    Timestamp: event.Timestamp,
    ...(scheduled === undefined ? {} : schedulingOf(scheduled, options)),
  };
}

function membersOf(event: HistoryEvent, { showInput, showOutput }: HistoryOptions): Body {
  const result = "Result" in event && showOutput ? { Result: valueOfJson(event.Result) } : {};
  const input = "Input" in event && showInput ? { Input: event.Input } : {};
  const name = "Name" in event ? nameOf(event) : {};
  if (event.EventType === EventType.ExecutionCompleted) {
    return { OrchestrationStatus: RUNTIME_STATUSES[event.OrchestrationStatus], ...result };
  }
  if ("Reason" in event) {
    return { Reason: event.Reason, ...("Details" in event ? { Details: event.Details } : {}) };
  }
  return { ...input, ...result, ...name, ...("FireAt" in event ? { FireAt: event.FireAt } : {}) };
}

function nameOf(event: HistoryEvent & { readonly Name: string }): Body {
  return event.EventType === EventType.EventRaised ? { Name: event.Name } : { FunctionName: event.Name };
}

function schedulingOf(event: HistoryEvent, { showInput }: HistoryOptions): Body {
  return {
    ScheduledTime: event.Timestamp,
    ...("Name" in event ? { FunctionName: event.Name } : {}),
    ...("Input" in event && showInput ? { Input: event.Input } : {}),
  };
}

function scheduledIdOf(event: HistoryEvent): number | undefined {
  if ("TaskScheduledId" in event) {
    return event.TaskScheduledId;
  }
  return "TimerId" in event ? event.TimerId : undefined;
}

function isScheduling({ EventType: type }: HistoryEvent): boolean {
  return (
    type === EventType.TaskScheduled ||
    type === EventType.SubOrchestrationInstanceCreated ||
    type === EventType.TimerCreated
  );
}

function isHidden({ EventType: type }: HistoryEvent): boolean {
  return type === EventType.OrchestratorStarted || type === EventType.OrchestratorCompleted;
}
