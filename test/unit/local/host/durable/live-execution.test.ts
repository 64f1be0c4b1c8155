import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventOf } from "../../../../../local/host/durable/engine/command-events.ts";
import { LiveExecution } from "../../../../../local/host/durable/engine/live-execution.ts";
import {
  EventType,
  UNNUMBERED,
  type HistoryEvent,
} from "../../../../../local/host/durable/protocol/history-event.ts";
import { AZURE_STORAGE_TIMER_LIMITS } from "../../../../../local/host/durable/protocol/timer-limits.ts";
import type { Command } from "../../../../../local/host/durable/shadow/command.ts";

const START_MS = Date.UTC(2026, 0, 1);
const EXECUTION_ID = "execution";

const activity = fc.record({
  actionType: fc.constant(0),
  functionName: fc.constantFrom("a", "b"),
  input: fc.integer(),
});
const retried = fc.record({
  actionType: fc.constant(1),
  functionName: fc.constant("r"),
  retryOptions: fc.record({
    firstRetryIntervalInMilliseconds: fc.integer({ min: 1, max: 1000 }),
    maxNumberOfAttempts: fc.integer({ min: 1, max: 3 }),
  }),
});
const timer = fc.record({
  actionType: fc.constant(5),
  fireAt: fc.integer({ min: 0, max: 20 }).map((days) => new Date(START_MS + days * 86_400_000).toISOString()),
  isCanceled: fc.boolean(),
});
const event = fc.record({ actionType: fc.constant(6), externalEventName: fc.constantFrom("go", "stop") });
const child = fc.record({ actionType: fc.constant(2), functionName: fc.constant("child") });
const simple = fc.oneof(activity, retried, timer, event, child);
const compound = fc.record({
  actionType: fc.constantFrom(11, 12),
  compoundActions: fc.array(simple, { minLength: 1, maxLength: 4 }),
});
const program = fc.array(fc.oneof(simple, compound), { minLength: 1, maxLength: 8 });

/** What chance makes of the open commands in one turn: which of them end, and how. */
const turns = fc.array(fc.array(fc.record({ pick: fc.nat(), fails: fc.boolean() }), { maxLength: 4 }), {
  minLength: 1,
  maxLength: 12,
});

function timestamp(turn: number): string {
  return new Date(START_MS + turn * 3_600_000).toISOString();
}

function outcomeOf(command: Command, fails: boolean, turn: number): HistoryEvent {
  const base = { EventId: UNNUMBERED, Timestamp: timestamp(turn) };
  if (command.kind === "timer") {
    return { EventType: EventType.TimerFired, ...base, TimerId: command.id, FireAt: timestamp(turn) };
  }
  return fails
    ? { EventType: EventType.TaskFailed, ...base, TaskScheduledId: command.id, Reason: "r", Details: "" }
    : { EventType: EventType.TaskCompleted, ...base, TaskScheduledId: command.id, Result: "1" };
}

describe("an execution in memory", () => {
  it("goes on from turn to turn exactly as if it were read anew each time", () => {
    fc.assert(
      fc.property(program, turns, (actions, chances) => {
        const live = new LiveExecution(EXECUTION_ID, [], AZURE_STORAGE_TIMER_LIMITS);
        const history: HistoryEvent[] = [];
        const open: Command[] = [];
        let answered = 0;
        for (const [turn, chance] of chances.entries()) {
          const outcomes = chance.flatMap(({ pick, fails }) => {
            const [command] = open.splice(pick % Math.max(1, open.length), 1);
            return command === undefined ? raised(pick, turn) : [outcomeOf(command, fails, turn)];
          });
          const started = turn === 0 ? [executionStarted()] : [];
          const events = [orchestratorStarted(turn), ...started, ...outcomes];
          answered = answeredBy(actions, { history, events, answered });
          const answer = actions.slice(0, answered);

          const goneOn = live.replay(answer, events);
          const anew = new LiveExecution(EXECUTION_ID, history, AZURE_STORAGE_TIMER_LIMITS).replay(
            answer,
            events,
          );

          const commands = goneOn.takeNewCommands();
          expect(commands).toEqual(anew.takeNewCommands());
          expect(goneOn.isDrained).toBe(anew.isDrained);
          const added = [
            ...events,
            ...commands.map((command) => eventOf(command, EXECUTION_ID, timestamp(turn))),
          ];
          live.record(added);
          history.push(...added);
          open.push(...commands);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("shows what is played and what is new", () => {
    const live = new LiveExecution(EXECUTION_ID, [], AZURE_STORAGE_TIMER_LIMITS);
    live.record([orchestratorStarted(0)]);

    const text = live.textWith([orchestratorStarted(1)]);

    expect(JSON.parse(`[${text}]`)).toEqual([
      { EventType: 12, Timestamp: timestamp(0), IsPlayed: true },
      { EventType: 12, Timestamp: timestamp(1), IsPlayed: false },
    ]);
  });
});

/** How many actions an orchestrator has answered by then: it asks for the next as soon as it need not wait. */
function answeredBy(
  actions: readonly unknown[],
  turn: {
    readonly history: readonly HistoryEvent[];
    readonly events: readonly HistoryEvent[];
    readonly answered: number;
  },
): number {
  for (let count = turn.answered; count < actions.length; count += 1) {
    const probe = new LiveExecution(EXECUTION_ID, turn.history, AZURE_STORAGE_TIMER_LIMITS);
    if (!probe.replay(actions.slice(0, count), turn.events).isDrained) {
      return count;
    }
  }
  return actions.length;
}

function raised(pick: number, turn: number): HistoryEvent[] {
  const Name = pick % 2 === 0 ? "GO" : "stop";
  return [
    { EventType: EventType.EventRaised, EventId: UNNUMBERED, Timestamp: timestamp(turn), Name, Input: null },
  ];
}

function orchestratorStarted(turn: number): HistoryEvent {
  return { EventType: EventType.OrchestratorStarted, EventId: UNNUMBERED, Timestamp: timestamp(turn) };
}

function executionStarted(): HistoryEvent {
  return {
    EventType: EventType.ExecutionStarted,
    EventId: UNNUMBERED,
    Timestamp: timestamp(0),
    OrchestrationInstance: { InstanceId: "i", ExecutionId: EXECUTION_ID },
    ParentInstance: null,
    Name: "o",
    Version: "",
    Input: null,
    Tags: null,
  };
}
