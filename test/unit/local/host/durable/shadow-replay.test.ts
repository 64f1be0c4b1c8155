import { beforeEach, describe, expect, it } from "vitest";
import type { Action, RetryPolicy } from "../../../../../local/host/durable/protocol/action.ts";
import {
  EventType,
  UNNUMBERED,
  type HistoryEvent,
} from "../../../../../local/host/durable/protocol/history-event.ts";
import { AZURE_STORAGE_TIMER_LIMITS } from "../../../../../local/host/durable/protocol/timer-limits.ts";
import type { Command } from "../../../../../local/host/durable/shadow/command.ts";
import { ShadowReplay } from "../../../../../local/host/durable/shadow/shadow-replay.ts";

const START_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

const THREE_ATTEMPTS: RetryPolicy = {
  firstRetryIntervalMs: 1000,
  maxNumberOfAttempts: 3,
  backoffCoefficient: 3,
  maxRetryIntervalMs: Infinity,
  retryTimeoutMs: Infinity,
};

describe("the shadow replay", () => {
  let shadow: ShadowReplay;

  beforeEach(() => {
    shadow = new ShadowReplay(AZURE_STORAGE_TIMER_LIMITS);
    shadow.apply(startedAt(START_MS));
    shadow.apply(executionStarted());
  });

  it("gives out ids in the order of the calls, to the children of a fan-out too", () => {
    shadow.extend([{ kind: "all", actions: [activity("a"), timer(START_MS + 1), activity("b")] }]);

    expect(shadow.takeNewCommands().map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      "activity 0",
      "timer 1",
      "activity 2",
    ]);
  });

  it("asks for the next action only when the one before has ended", () => {
    shadow.extend([activity("a"), activity("b")]);
    const first = shadow.takeNewCommands();

    shadow.apply(completed(0));

    expect([first, shadow.takeNewCommands()].map(names)).toEqual([["a"], ["b"]]);
  });

  it("uses no id for an external event", () => {
    shadow.extend([{ kind: "event", eventName: "go" }, activity("a")]);
    shadow.apply(raised("GO"));

    expect(shadow.takeNewCommands()).toMatchObject([{ kind: "activity", id: 0 }]);
  });

  it("uses a timer after every failed attempt, with growing delays, and one at once after the last", () => {
    shadow.extend([activity("a", THREE_ATTEMPTS)]);
    const delaysMs: number[] = [];
    for (const id of [0, 2, 4]) {
      shadow.takeNewCommands();
      shadow.apply(failed(id));
      delaysMs.push(...shadow.takeNewCommands().map((command) => fireAtMs(command) - START_MS));
      shadow.apply(fired(id + 1));
    }

    expect(delaysMs).toEqual([1000, 3000, 0]);
    expect([shadow.sequence, shadow.isDrained]).toEqual([6, true]);
  });

  it("never waits longer between attempts than the policy allows", () => {
    shadow.extend([activity("a", { ...THREE_ATTEMPTS, maxRetryIntervalMs: 500 })]);
    shadow.takeNewCommands();
    shadow.apply(failed(0));

    expect(shadow.takeNewCommands().map(fireAtMs)).toEqual([START_MS + 500]);
  });

  it("stops retrying when the time of the policy is up, and when the error says so", () => {
    shadow.extend([activity("a", { ...THREE_ATTEMPTS, retryTimeoutMs: 10 }), activity("b", THREE_ATTEMPTS)]);
    shadow.apply(startedAt(START_MS + 10));
    shadow.apply(failed(0));
    shadow.apply({ ...failed(1), FailureDetails: { IsNonRetriable: true } });

    expect([shadow.sequence, shadow.isDrained]).toEqual([2, true]);
  });

  it("cuts a timer of more than six days into pieces of three, counted from the time of the replay", () => {
    shadow.extend([timer(START_MS + 7 * DAY_MS)]);
    const first = shadow.takeNewCommands().map(fireAtMs);
    shadow.apply(startedAt(START_MS + 3 * DAY_MS));
    shadow.apply(fired(0));

    expect([...first, ...shadow.takeNewCommands().map(fireAtMs)]).toEqual([
      START_MS + 3 * DAY_MS,
      START_MS + 7 * DAY_MS,
    ]);
  });

  it("counts a cancelled timer as ended, though it keeps its id", () => {
    shadow.extend([{ ...timer(START_MS + DAY_MS), isCanceled: true }, activity("a")]);

    expect(shadow.takeNewCommands()).toMatchObject([
      { kind: "timer", id: 0 },
      { kind: "activity", id: 1 },
    ]);
  });

  it("waits for all of a fan-out after one has failed, but for one of a race only", () => {
    const pair = [activity("a"), activity("b")];
    shadow.extend([{ kind: "all", actions: pair }]);
    shadow.apply(failed(0));
    const afterOne = shadow.isDrained;
    shadow.apply(completed(1));
    shadow.extend([{ kind: "any", actions: pair }]);
    shadow.apply(failed(3));

    expect([afterOne, shadow.isDrained]).toEqual([false, true]);
  });

  it("gives an event to whoever asked last, and keeps what nobody asked for", () => {
    shadow.extend([
      { kind: "any", actions: [{ kind: "event", eventName: "go" }, activity("a")] },
      { kind: "event", eventName: "go" },
    ]);
    shadow.apply(completed(0));
    shadow.apply(raised("go"));

    expect(shadow.isDrained).toBe(true);
  });

  it("is drained when nothing is asked for", () => {
    expect(shadow.isDrained).toBe(true);
  });

  it("refuses what the host does not support", () => {
    expect(() => {
      shadow.extend([{ kind: "unsupported", name: "CallEntity" }]);
    }).toThrow("does not support the action CallEntity");
  });

  it.each([
    ["nothing was scheduled", scheduled(7, "a"), /'a' with sequence ID 7, but .* hasn't \(yet\?\) scheduled/],
    ["something else was scheduled", scheduled(0, "b"), /activity 'b' .* scheduled the activity 'a' instead/],
    [
      "a timer was scheduled",
      timerCreated(0),
      /scheduled a timer with sequence ID 0, .* the activity 'a' instead/,
    ],
  ])("detects that under the id of an event %s", (_case, event, message) => {
    shadow.extend([activity("a")]);

    expect(() => {
      shadow.apply(event);
    }).toThrow(message);
  });

  it("takes names in a history for the same without their case", () => {
    shadow.extend([activity("Train")]);

    shadow.apply(scheduled(0, "train"));

    expect(shadow.takeNewCommands()).toEqual([]);
  });
});

function activity(name: string, retry?: RetryPolicy): Action {
  return { kind: "activity", name, input: undefined, retry };
}

function timer(fireAt: number): Action & { readonly kind: "timer" } {
  return { kind: "timer", fireAtMs: fireAt, isCanceled: false };
}

function names(commands: readonly Command[]): string[] {
  return commands.map((command) => (command.kind === "timer" ? "timer" : command.name));
}

function fireAtMs(command: Command): number {
  return command.kind === "timer" ? command.fireAtMs : Number.NaN;
}

const STAMP = { EventId: UNNUMBERED, Timestamp: new Date(START_MS).toISOString() };

function startedAt(timeMs: number): HistoryEvent {
  return { EventType: EventType.OrchestratorStarted, ...STAMP, Timestamp: new Date(timeMs).toISOString() };
}

function executionStarted(): HistoryEvent {
  const reference = { InstanceId: "i", ExecutionId: "e" };
  const start = {
    OrchestrationInstance: reference,
    ParentInstance: null,
    Name: "o",
    Version: "",
    Input: null,
  };
  return { EventType: EventType.ExecutionStarted, ...STAMP, ...start, Tags: null };
}

function completed(id: number): HistoryEvent {
  return { EventType: EventType.TaskCompleted, ...STAMP, TaskScheduledId: id, Result: null };
}

function failed(id: number) {
  return {
    EventType: EventType.TaskFailed,
    ...STAMP,
    TaskScheduledId: id,
    Reason: "r",
    Details: "",
  } as const;
}

function fired(id: number): HistoryEvent {
  return { EventType: EventType.TimerFired, ...STAMP, TimerId: id, FireAt: STAMP.Timestamp };
}

function raised(name: string): HistoryEvent {
  return { EventType: EventType.EventRaised, ...STAMP, Name: name, Input: null };
}

function scheduled(id: number, name: string): HistoryEvent {
  return {
    EventType: EventType.TaskScheduled,
    ...STAMP,
    EventId: id,
    Name: name,
    Version: "",
    Input: "[null]",
  };
}

function timerCreated(id: number): HistoryEvent {
  return { EventType: EventType.TimerCreated, ...STAMP, EventId: id, FireAt: STAMP.Timestamp };
}
