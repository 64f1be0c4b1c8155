import type { Action, ActionOf, RetryPolicy } from "../protocol/action.ts";
import { EventType, UNNUMBERED, type Failure, type HistoryEvent } from "../protocol/history-event.ts";
import type { TimerLimits } from "../protocol/timer-limits.ts";
import type { Command } from "./command.ts";
import { whenAll, whenAny } from "./compound-task.ts";
import { ExternalEvents } from "./external-events.ts";
import { NonDeterminismError, type RecordedCommand } from "./non-determinism.ts";
import { retryingTask } from "./retrying-task.ts";
import { ShadowScheduler } from "./shadow-scheduler.ts";
import { SUCCEEDED, ShadowTask, type Outcome } from "./shadow-task.ts";
import { timerTask } from "./timer-task.ts";
import { UnsupportedActionError } from "./unsupported-action.ts";

/**
 * Executes the list of actions that an orchestrator answered against its history, as the extension does. The SDK
 * counts sequence ids but sends none: they come out of this execution.
 */
export class ShadowReplay {
  readonly #scheduler = new ShadowScheduler();
  readonly #events = new ExternalEvents();
  readonly #limits: TimerLimits;
  readonly #actions: Action[] = [];
  #started = false;
  #nextAction = 0;
  #current: ShadowTask | undefined;
  #continueAsNew: { readonly input: unknown } | undefined;

  constructor(limits: TimerLimits) {
    this.#limits = limits;
  }

  /** How many sequence ids are used up. */
  get sequence(): number {
    return this.#scheduler.sequence;
  }

  /** Whether every action was executed and awaited. */
  get isDrained(): boolean {
    return this.#nextAction >= this.#actions.length && !this.#isWaiting;
  }

  /** Set when the orchestrator asked to start again. */
  get continueAsNew(): { readonly input: unknown } | undefined {
    return this.#continueAsNew;
  }

  /** Appends what the orchestrator answered beyond the actions it had answered before. */
  extend(actions: readonly Action[]): void {
    for (const action of actions) {
      this.#actions.push(action);
    }
    this.#advance();
  }

  /** @throws {@link NonDeterminismError} when `event` records something that was not scheduled. */
  apply(event: HistoryEvent): void {
    if (event.EventType === EventType.OrchestratorStarted) {
      this.#scheduler.moveTo(Date.parse(event.Timestamp));
    } else if (event.EventType === EventType.ExecutionStarted) {
      this.#started = true;
      this.#advance();
    } else if (event.EventId === UNNUMBERED) {
      this.#settle(event);
      this.#advance();
    } else {
      this.#confirm(event);
    }
  }

  /** The commands that no event of the history records, ordered by id. */
  takeNewCommands(): Command[] {
    return this.#scheduler.takeAllScheduled();
  }

  #settle(event: HistoryEvent): void {
    if ("TaskScheduledId" in event) {
      this.#scheduler.settle(event.TaskScheduledId, "Reason" in event ? failureOf(event) : SUCCEEDED);
    } else if ("TimerId" in event) {
      this.#scheduler.settle(event.TimerId, SUCCEEDED);
    } else if (event.EventType === EventType.EventRaised) {
      this.#events.raise(event.Name);
    }
  }

  get #isWaiting(): boolean {
    return this.#current !== undefined && this.#current.outcome === undefined;
  }

  #advance(): void {
    while (this.#started && !this.#isWaiting) {
      const action = this.#actions[this.#nextAction];
      if (action === undefined) {
        return;
      }
      this.#nextAction += 1;
      this.#current = this.#perform(action);
    }
  }

  #perform(action: Action): ShadowTask {
    switch (action.kind) {
      case "activity":
        return this.#repeat(action.retry, () => this.#callActivity(action));
      case "sub-orchestration":
        return this.#repeat(action.retry, () => this.#callSubOrchestrator(action));
      case "timer":
        return timerTask(this.#scheduler, { ...action, limits: this.#limits });
      case "event":
        return this.#events.wait(action.eventName);
      case "all":
        return whenAll(action.actions.map((child) => this.#perform(child)));
      case "any":
        return whenAny(action.actions.map((child) => this.#perform(child)));
      case "continue-as-new":
        this.#continueAsNew = { input: action.input };
        return ShadowTask.settled();
      case "unsupported":
        throw new UnsupportedActionError(action.name);
    }
  }

  #repeat(retry: RetryPolicy | undefined, call: () => ShadowTask): ShadowTask {
    return retry === undefined ? call() : retryingTask(this.#scheduler, retry, call);
  }

  #callActivity({ name, input }: ActionOf<"activity">): ShadowTask {
    return this.#scheduler.schedule({ kind: "activity", name, input: JSON.stringify([input ?? null]) });
  }

  #callSubOrchestrator({ name, instanceId, version, input }: ActionOf<"sub-orchestration">): ShadowTask {
    const text = input === undefined ? null : JSON.stringify(input);
    return this.#scheduler.schedule({ kind: "sub-orchestration", name, instanceId, version, input: text });
  }

  #confirm(event: HistoryEvent): void {
    const recorded = recordedBy(event);
    if (recorded === undefined) {
      return;
    }
    const command = this.#scheduler.takeScheduled(event.EventId);
    if (command === undefined) {
      throw NonDeterminismError.missing(event.EventId, recorded);
    }
    if (command.kind !== recorded.kind || nameOf(command) !== recorded.name?.toLowerCase()) {
      throw NonDeterminismError.different(command, recorded);
    }
  }
}

/** What an event says was scheduled. */
function recordedBy(event: HistoryEvent): RecordedCommand | undefined {
  if (event.EventType === EventType.TaskScheduled) {
    return { kind: "activity", name: event.Name };
  }
  if (event.EventType === EventType.SubOrchestrationInstanceCreated) {
    return { kind: "sub-orchestration", name: event.Name };
  }
  return event.EventType === EventType.TimerCreated ? { kind: "timer", name: undefined } : undefined;
}

function nameOf(command: Command): string | undefined {
  return command.kind === "timer" ? undefined : command.name.toLowerCase();
}

function failureOf(failure: Failure): Outcome {
  return { succeeded: false, nonRetriable: failure.FailureDetails?.IsNonRetriable === true };
}
