import { availableParallelism } from "node:os";
import { Chaos } from "../chaos/chaos.ts";
import { AZURE_STORAGE_TIMER_LIMITS } from "../protocol/timer-limits.ts";
import type { Message } from "../protocol/history-event.ts";
import type { ExecutionReference } from "../store/inbox-table.ts";
import { Store } from "../store/store.ts";
import type { ScheduledTimer } from "../store/timer-table.ts";
import { ActivityDispatcher } from "./activity-dispatcher.ts";
import { ActivityExecutor } from "./activity-executor.ts";
import type { Effects } from "./effects.ts";
import type { EngineOptions } from "./engine-options.ts";
import { FunctionRegistry } from "./function-registry.ts";
import { InstanceTurns } from "./instance-turns.ts";
import { LiveExecutions } from "./live-executions.ts";
import { OrchestratorInvoker } from "./orchestrator-invoker.ts";
import { timerFired, TimerService } from "./timer-service.ts";
import { TurnScheduler } from "./turn-scheduler.ts";
import { WorkInProgress } from "../../work-in-progress.ts";

/** Runs orchestrations: whatever it does next stands in the store first, so that its death loses nothing. */
export class Engine {
  readonly store: Store;
  readonly functions: FunctionRegistry;
  readonly #options: EngineOptions;
  readonly #chaos: Chaos;
  readonly #work = new WorkInProgress();
  readonly #live: LiveExecutions;
  readonly #turns: InstanceTurns;
  readonly #scheduler: TurnScheduler;
  readonly #dispatcher: ActivityDispatcher;
  readonly #timers: TimerService;

  /** @throws {Error} when the database file is in use by another process. */
  constructor(options: EngineOptions) {
    const chaos = new Chaos(options.chaos, () => {
      this.abandon();
    });
    const concurrency = 10 * availableParallelism();
    this.#options = options;
    this.#chaos = chaos;
    this.functions = new FunctionRegistry(options.functions);
    this.store = new Store(options.databaseFile, {
      beforeCommit: () => {
        chaos.mayDie("before-commit");
      },
      afterCommit: () => {
        chaos.mayDie("after-commit");
      },
    });
    this.#live = new LiveExecutions(this.store, AZURE_STORAGE_TIMER_LIMITS);
    const orchestrators = new OrchestratorInvoker(options, this.functions);
    this.#turns = new InstanceTurns({
      store: this.store,
      clock: options.clock,
      live: this.#live,
      chaos,
      isOrchestrator: (name) => this.functions.find("orchestrationTrigger", name) !== undefined,
      environmentOf: (instance) => orchestrators.environmentOf(instance),
    });
    this.#scheduler = new TurnScheduler(
      async (instanceId) => this.#work.track(async () => this.#takeTurn(instanceId)),
      options.maxConcurrentOrchestrators ?? concurrency,
    );
    const activities = new ActivityExecutor({
      ...options,
      chaos,
      store: this.store,
      functions: this.functions,
      deliver: async (activity, remove, outcome) => this.#deliver(activity, remove, outcome),
    });
    this.#dispatcher = new ActivityDispatcher(
      async (activityId) => this.#work.track(async () => activities.execute(activityId)),
      options.maxConcurrentActivities ?? concurrency,
    );
    this.#timers = new TimerService(options.clock, (timer) => {
      void this.#work.track(async () => this.#fire(timer));
    });
  }

  get nowMs(): number {
    return this.#options.clock.now();
  }

  /** Goes on with everything that the store says is unfinished. */
  recover(): void {
    this.#apply({
      wake: this.store.inbox.recipients(),
      activities: this.store.activities.ids(),
      timers: this.store.timers.all(),
      withoutTimers: [],
    });
  }

  /** Changes the store in a transaction and wakes whom `work` names. Resolves when that is durable. */
  async change<Result>(
    work: () => { readonly result: Result; readonly wake: readonly string[] },
  ): Promise<Result> {
    return this.#work.track(async () => {
      const { result, wake } = await this.store.commits.submit(work);
      this.#wake(wake);
      return result;
    });
  }

  /** Resolves as soon as no turn and no activity runs or waits for its turn. Timers may still be pending. */
  async idle(): Promise<void> {
    await this.#work.idle();
  }

  /** Starts nothing more, then waits for what runs, for `graceMs` at most. What is cut off runs again next time. */
  async close(graceMs: number): Promise<void> {
    this.#stop();
    let timeout: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timeout = setTimeout(resolve, graceMs);
    });
    await Promise.race([this.#work.idle(), grace]);
    clearTimeout(timeout);
    this.store.close();
  }

  /** Drops everything in memory at once, as the death of the process does. */
  abandon(): void {
    this.#stop();
    this.store.close();
  }

  #stop(): void {
    this.#scheduler.stop();
    this.#dispatcher.stop();
    this.#timers.stop();
  }

  #wake(instanceIds: readonly string[]): void {
    for (const instanceId of instanceIds) {
      this.#scheduler.wake(instanceId);
    }
  }

  #apply({ wake, activities, timers, withoutTimers }: Effects): void {
    for (const instanceId of withoutTimers) {
      this.#timers.cancelAllOf(instanceId);
    }
    for (const timer of timers) {
      this.#timers.arm(timer);
    }
    this.#dispatcher.enqueue(activities);
    this.#wake(wake);
  }

  async #takeTurn(instanceId: string): Promise<void> {
    try {
      this.#apply(await this.#turns.take(instanceId));
    } catch (error) {
      this.#live.forget(instanceId);
      this.#logFailure(`A turn of the orchestration ${instanceId} failed`, error);
    }
  }

  async #fire(timer: ScheduledTimer): Promise<void> {
    await this.#deliver(timer, () => this.store.timers.remove(timer), timerFired(timer, this.nowMs));
  }

  /** Replaces what `remove` removes by its outcome; a second outcome for the same thing is dropped. */
  async #deliver(execution: ExecutionReference, remove: () => boolean, outcome: Message): Promise<void> {
    const delayMs = this.#chaos.delayMs();
    if (delayMs > 0) {
      this.#options.clock.at(this.nowMs + delayMs, () => {
        void this.#work.track(async () => this.#record(execution, remove, outcome));
      });
    } else {
      await this.#record(execution, remove, outcome);
    }
  }

  async #record(execution: ExecutionReference, remove: () => boolean, outcome: Message): Promise<void> {
    try {
      await this.change(() => {
        const isTaken = remove() && this.store.inbox.addOutcome(execution, outcome);
        return { result: undefined, wake: isTaken ? [execution.instanceId] : [] };
      });
    } catch (error) {
      this.#logFailure(`An outcome for the orchestration ${execution.instanceId} was not recorded`, error);
    }
  }

  #logFailure(what: string, error: unknown): void {
    if (!this.store.isClosed) {
      this.#options.log(
        "error",
        `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
}
