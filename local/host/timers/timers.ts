import type { AppFunction, TimerTrigger } from "../app/app-function.ts";
import type { InvocationSource } from "../invocation/invocation-source.ts";
import { FunctionTimer, type TimerTools } from "./function-timer.ts";

/** All timer functions of an app. */
export class Timers implements InvocationSource {
  readonly #timers: ReadonlyMap<string, FunctionTimer>;

  /** @throws {@link HostError} `timer-invalid` */
  constructor(functions: readonly AppFunction<TimerTrigger>[], tools: TimerTools) {
    this.#timers = new Map(functions.map((fn) => [fn.name, new FunctionTimer(fn, tools)]));
  }

  async start(): Promise<void> {
    await Promise.all([...this.#timers.values()].map((timer) => timer.start()));
  }

  async fire(functionName: string): Promise<void> {
    await this.#timers.get(functionName)?.fire();
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#timers.values()].map((timer) => timer.idle()));
  }

  async close(): Promise<void> {
    for (const timer of this.#timers.values()) {
      timer.close();
    }
  }
}
