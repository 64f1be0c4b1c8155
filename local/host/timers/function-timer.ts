import type { AppFunction, TimerTrigger } from "../app/app-function.ts";
import type { HostClock } from "../clock.ts";
import type { WriteLog } from "../host-log.ts";
import { invokeWithRetry } from "../invocation/invoke-with-retry.ts";
import type { Invoker } from "../invocation/invoker.ts";
import { parseTimerSchedule, type TimerSchedule } from "./timer-schedule.ts";
import { timerInput, type TimerStatus, type TimerStatusStore } from "./timer-status.ts";

export interface TimerTools {
  readonly clock: HostClock;
  readonly invoker: Invoker;
  readonly log: WriteLog;
  readonly random: () => number;
  readonly statuses: TimerStatusStore;
}

/** Azure keeps no status of timers that run more often than this. */
const SHORTEST_MONITORED_MS = 60_000;

/** One timer function. Its runs never overlap: the next occurrence is found when a run has ended. */
export class FunctionTimer {
  readonly #fn: AppFunction<TimerTrigger>;
  readonly #schedule: TimerSchedule;
  readonly #tools: TimerTools;
  readonly #closed = new AbortController();
  #cancelAlarm: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  /** @throws {@link HostError} `timer-invalid` */
  constructor(fn: AppFunction<TimerTrigger>, tools: TimerTools) {
    this.#fn = fn;
    this.#schedule = parseTimerSchedule(fn.trigger.schedule);
    this.#tools = tools;
  }

  /** Follows the schedule, beginning with a run that was missed or that is wanted at start. */
  async start(): Promise<void> {
    const status = await this.#readStatus();
    const nowMs = this.#tools.clock.now();
    const isPastDue = status !== undefined && nowMs > this.#schedule.nextAfter(status.lastUpdatedMs);
    if (isPastDue || this.#fn.trigger.runOnStartup) {
      void this.#fireAndWait(isPastDue);
      return;
    }
    if (status === undefined) {
      await this.#writeStatus({
        lastMs: undefined,
        nextMs: this.#schedule.nextAfter(nowMs),
        lastUpdatedMs: nowMs,
      });
    }
    this.#waitForNext();
  }

  /** Runs the function as soon as its last run has ended. */
  async fire(isPastDue = false): Promise<void> {
    this.#running = this.#running.then(() => this.#runLogged(isPastDue));
    return this.#running;
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  close(): void {
    this.#cancelAlarm();
    this.#closed.abort();
  }

  #waitForNext(): void {
    if (this.#closed.signal.aborted) {
      return;
    }
    const { clock } = this.#tools;
    this.#cancelAlarm = clock.at(this.#schedule.nextAfter(clock.now()), () => {
      void this.#fireAndWait(false);
    });
  }

  async #fireAndWait(isPastDue: boolean): Promise<void> {
    await this.fire(isPastDue);
    this.#waitForNext();
  }

  async #runLogged(isPastDue: boolean): Promise<void> {
    try {
      await this.#run(isPastDue);
    } catch (error) {
      const message = `The timer of function "${this.#fn.name}" could not run: ${String(error)}`;
      this.#tools.log({
        level: "error",
        category: "Host.Triggers.Timer",
        message,
        functionName: this.#fn.name,
      });
    }
  }

  async #run(isPastDue: boolean): Promise<void> {
    const { clock, invoker, random } = this.#tools;
    const startedMs = clock.now();
    const input = timerInput(await this.#readStatus(), isPastDue);
    await invokeWithRetry(
      invoker,
      {
        fn: this.#fn,
        reason: `Timer fired at ${new Date(startedMs).toISOString()}`,
        inputs: { [this.#fn.trigger.bindingName]: { json: input } },
      },
      { clock, random, signal: this.#closed.signal },
    );
    const endedMs = clock.now();
    await this.#writeStatus({
      lastMs: startedMs,
      nextMs: this.#schedule.nextAfter(endedMs),
      lastUpdatedMs: endedMs,
    });
  }

  get #isMonitored(): boolean {
    return this.#fn.trigger.useMonitor && this.#schedule.intervalMs >= SHORTEST_MONITORED_MS;
  }

  async #readStatus(): Promise<TimerStatus | undefined> {
    return this.#isMonitored ? this.#tools.statuses.read(this.#fn.name) : undefined;
  }

  async #writeStatus(status: TimerStatus): Promise<void> {
    if (this.#isMonitored) {
      await this.#tools.statuses.write(this.#fn.name, status);
    }
  }
}
