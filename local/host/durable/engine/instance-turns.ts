import type { HostClock } from "../../clock.ts";
import type { Chaos } from "../chaos/chaos.ts";
import {
  EventType,
  UNNUMBERED,
  type ExecutionTerminated,
  type HistoryEvent,
} from "../protocol/history-event.ts";
import { isFinal } from "../protocol/runtime-status.ts";
import type { InboxMessage } from "../store/inbox-table.ts";
import type { InstanceRecord } from "../store/instance-record.ts";
import type { Store } from "../store/store.ts";
import { eventOf } from "./command-events.ts";
import { commitTurn, type TurnRecord } from "./commit-turn.ts";
import type { Effects } from "./effects.ts";
import type { LiveExecutions } from "./live-executions.ts";
import { runOrchestrator, type TurnEnvironment } from "./orchestrator-turn.ts";

export interface InstanceTurnsOptions {
  readonly store: Store;
  readonly clock: HostClock;
  readonly live: LiveExecutions;
  readonly chaos: Chaos;
  readonly isOrchestrator: (name: string) => boolean;
  /** How one turn runs the orchestrator function. */
  readonly environmentOf: (instance: InstanceRecord) => TurnEnvironment;
}

const NO_EFFECTS: Effects = { wake: [], activities: [], timers: [], withoutTimers: [] };

/** Takes what waits in the inbox of an orchestration into its history, and runs the orchestrator on it. */
export class InstanceTurns {
  readonly #options: InstanceTurnsOptions;

  constructor(options: InstanceTurnsOptions) {
    this.#options = options;
  }

  /** Everything that the turn changes is durable when the promise resolves. */
  async take(instanceId: string): Promise<Effects> {
    const { store } = this.#options;
    const instance = store.instances.find(instanceId);
    const inbox = store.inbox.read(instanceId);
    if (inbox.length === 0) {
      return NO_EFFECTS;
    }
    if (instance === undefined || isFinal(instance.status)) {
      await store.commits.submit(() => {
        store.inbox.remove(idsOf(inbox));
      });
      return NO_EFFECTS;
    }
    const termination = inbox.map(({ message }) => message).find(isTermination);
    if (termination !== undefined) {
      return this.#terminate(instance, inbox, termination);
    }
    const controlled = await this.#control(instance, inbox.filter(isControl));
    const messages = inbox.filter((item) => !isControl(item));
    return controlled.status === "Suspended" || messages.length === 0
      ? NO_EFFECTS
      : this.#run(controlled, messages);
  }

  async #terminate(
    instance: InstanceRecord,
    inbox: readonly InboxMessage[],
    termination: ExecutionTerminated,
  ): Promise<Effects> {
    const start = inbox
      .map(({ message }) => message)
      .filter(({ EventType: type }) => type === EventType.ExecutionStarted);
    this.#options.live.forget(instance.instanceId);
    return this.#commit({
      instance,
      consumed: idsOf(inbox),
      events: [this.#orchestratorStarted(), ...start, termination],
      commands: [],
      end: { kind: "terminated", reason: termination.Input },
      customStatus: undefined,
      sequence: UNNUMBERED,
    });
  }

  /** Suspends or resumes. What else waits stays in the inbox of a suspended orchestration. */
  async #control(instance: InstanceRecord, controls: readonly InboxMessage[]): Promise<InstanceRecord> {
    const last = controls.at(-1);
    if (last === undefined) {
      return instance;
    }
    const { store, clock, live } = this.#options;
    const events = controls.map(({ message }) => message);
    const status = last.message.EventType === EventType.ExecutionSuspended ? "Suspended" : "Running";
    const controlled: InstanceRecord = { ...instance, status, updatedMs: clock.now() };
    const execution = live.of(instance);
    await store.commits.submit(() => {
      store.inbox.remove(idsOf(controls));
      store.history.append(instance.instanceId, events);
      store.instances.save(controlled);
    });
    execution.record(events);
    return controlled;
  }

  async #run(instance: InstanceRecord, inbox: readonly InboxMessage[]): Promise<Effects> {
    const { clock, live, chaos, environmentOf } = this.#options;
    const execution = live.of(instance);
    const messages = inbox.map(({ message }) => message);
    const starts = messages.filter(({ EventType: type }) => type === EventType.ExecutionStarted);
    const others = messages.filter(({ EventType: type }) => type !== EventType.ExecutionStarted);
    const events: readonly HistoryEvent[] = [this.#orchestratorStarted(), ...starts, ...others];

    chaos.mayDie("before-orchestrator");
    const result = await runOrchestrator(instance, { live: execution, events }, environmentOf(instance));
    chaos.mayDie("after-orchestrator");

    const timestamp = new Date(clock.now()).toISOString();
    const added: readonly HistoryEvent[] = [
      ...events,
      ...result.commands.map((command) => eventOf(command, instance.executionId, timestamp)),
      { EventType: EventType.OrchestratorCompleted, EventId: UNNUMBERED, Timestamp: timestamp },
    ];
    const effects = await this.#commit({ instance, consumed: idsOf(inbox), ...result, events: added });
    if (result.end.kind === "waiting") {
      execution.record(added);
    } else {
      live.forget(instance.instanceId);
    }
    return effects;
  }

  async #commit(turn: TurnRecord): Promise<Effects> {
    const { store, clock, isOrchestrator } = this.#options;
    return store.commits.submit(() => commitTurn(turn, { store, nowMs: clock.now(), isOrchestrator }));
  }

  #orchestratorStarted(): HistoryEvent {
    const timestamp = new Date(this.#options.clock.now()).toISOString();
    return { EventType: EventType.OrchestratorStarted, EventId: UNNUMBERED, Timestamp: timestamp };
  }
}

function idsOf(messages: readonly InboxMessage[]): number[] {
  return messages.map(({ id }) => id);
}

function isTermination(event: HistoryEvent): event is ExecutionTerminated {
  return event.EventType === EventType.ExecutionTerminated;
}

function isControl({ message }: InboxMessage): boolean {
  return (
    message.EventType === EventType.ExecutionSuspended || message.EventType === EventType.ExecutionResumed
  );
}
