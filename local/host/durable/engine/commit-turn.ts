import { EventType, type HistoryEvent } from "../protocol/history-event.ts";
import { RUNTIME_STATUSES } from "../protocol/runtime-status.ts";
import type { Command } from "../shadow/command.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";
import type { ScheduledTimer } from "../store/timer-table.ts";
import { childIdOf } from "./command-events.ts";
import type { Effects } from "./effects.ts";
import type { TurnEnd } from "./orchestrator-turn.ts";
import { childFailedMessage, endedMessage, type FinalEnd } from "./outcome-messages.ts";
import { executionStarted, newId, startInstance } from "./start-instance.ts";

/** All that one turn changes. */
export interface TurnRecord {
  /** The orchestration before the turn. */
  readonly instance: InstanceRecord;
  /** Rows of the inbox. */
  readonly consumed: readonly number[];
  /** What the turn adds to the history. */
  readonly events: readonly HistoryEvent[];
  readonly commands: readonly Command[];
  readonly end: TurnEnd;
  /** JSON text; undefined leaves it as it is. */
  readonly customStatus: string | undefined;
  /** How many sequence ids the execution has used. */
  readonly sequence: number;
}

/** What the transaction needs from outside. */
export interface CommitContext {
  readonly store: Store;
  readonly nowMs: number;
  readonly isOrchestrator: (name: string) => boolean;
}

const FINAL_STATUS = { completed: "Completed", failed: "Failed", terminated: "Terminated" } as const;

/** Writes a turn: history, inbox, state and everything it sends, at once. Part of a transaction. */
export function commitTurn(turn: TurnRecord, context: CommitContext): Effects {
  const { store, nowMs } = context;
  const { instanceId } = turn.instance;
  const customStatus = turn.customStatus ?? turn.instance.customStatus;
  const instance: InstanceRecord = { ...turn.instance, customStatus, status: "Running", updatedMs: nowMs };
  store.inbox.remove(turn.consumed);
  const sent = sendCommands(turn, context);
  if (turn.end.kind === "waiting") {
    store.history.append(instanceId, turn.events);
    store.instances.save(instance);
    return { ...sent, withoutTimers: [] };
  }
  if (turn.end.kind === "continued-as-new") {
    continueAsNew({ ...instance, input: turn.end.input }, context);
    return { ...sent, wake: [...sent.wake, instanceId], withoutTimers: [instanceId] };
  }
  const told = finish({ ...turn, instance }, turn.end, context);
  return { ...sent, wake: [...sent.wake, ...told], withoutTimers: [instanceId] };
}

function continueAsNew(instance: InstanceRecord, { store, nowMs }: CommitContext): void {
  const next: InstanceRecord = { ...instance, executionId: newId() };
  store.history.clear(instance.instanceId);
  store.inbox.removeOutcomes(instance.instanceId);
  store.timers.removeAllOf(instance.instanceId);
  store.instances.save(next);
  store.inbox.add(instance.instanceId, executionStarted(next, nowMs));
}

/** Returns who has to be woken. */
function finish({ instance, events, sequence }: TurnRecord, end: FinalEnd, context: CommitContext): string[] {
  const { store, nowMs } = context;
  const { instanceId, parent } = instance;
  const timestamp = new Date(nowMs).toISOString();
  const status = FINAL_STATUS[end.kind];
  const output = end.kind === "completed" ? end.output : JSON.stringify(end.reason);
  const ended: HistoryEvent = {
    EventType: EventType.ExecutionCompleted,
    EventId: sequence,
    OrchestrationStatus: RUNTIME_STATUSES.indexOf(status),
    Result: output,
    Timestamp: timestamp,
  };
  store.history.append(instanceId, [...events, ended]);
  store.inbox.clear(instanceId);
  store.timers.removeAllOf(instanceId);
  store.instances.save({ ...instance, status, output });
  if (parent === null) {
    return [];
  }
  const isTold = store.inbox.addOutcome(parent, endedMessage(parent.taskId, end, timestamp));
  return isTold ? [parent.instanceId] : [];
}

/** An execution that ends sends what it asked for last, except timers. */
function sendCommands(turn: TurnRecord, context: CommitContext): Omit<Effects, "withoutTimers"> {
  const { instanceId, executionId } = turn.instance;
  const { store } = context;
  const wake: string[] = [];
  const activities: number[] = [];
  const timers: ScheduledTimer[] = [];
  for (const command of turn.commands) {
    if (command.kind === "activity") {
      const { id: taskId, name, input } = command;
      activities.push(store.activities.add({ instanceId, executionId, taskId, name, input }));
    } else if (command.kind === "sub-orchestration") {
      wake.push(startChild(turn.instance, command, context));
    } else if (turn.end.kind === "waiting") {
      const timer = { instanceId, executionId, timerId: command.id, fireAtMs: command.fireAtMs };
      store.timers.add(timer);
      timers.push(timer);
    }
  }
  return { wake, activities, timers };
}

/** Returns who has to be woken: the child, or the parent when the child cannot be started. */
function startChild(
  parent: InstanceRecord,
  command: Command & { readonly kind: "sub-orchestration" },
  { store, nowMs, isOrchestrator }: CommitContext,
): string {
  const { name, version, input, id: taskId } = command;
  const instanceId = childIdOf(command, parent.executionId);
  const reference = {
    instanceId: parent.instanceId,
    executionId: parent.executionId,
    taskId,
    name: parent.name,
  };
  const refuse = (reason: string): string => {
    const failure = { Reason: reason, Details: "" };
    store.inbox.addOutcome(parent, childFailedMessage(taskId, failure, new Date(nowMs).toISOString()));
    return parent.instanceId;
  };
  if (!isOrchestrator(name)) {
    return refuse(`The function '${name}' doesn't exist, is disabled, or is not an orchestrator function.`);
  }
  const { traceParent } = parent;
  const started = startInstance(
    store,
    { instanceId, name, version, input, parent: reference, traceParent },
    nowMs,
  );
  return started.isStarted
    ? instanceId
    : refuse(`An Orchestration instance with the status ${started.existing} already exists.`);
}
