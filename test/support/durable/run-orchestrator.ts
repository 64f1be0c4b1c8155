import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import { withRefusal } from "../../../src/functions/with-refusal.ts";

/** What the orchestrator yields: a promise of what comes back, as Durable would hand it in. */
interface FakeTask {
  isCompleted: boolean;
  readonly kind: "activity" | "timer" | "event" | "any";
  /** Resolves with what `yield` answers. */
  settle(): Promise<unknown>;
}

export interface OrchestratorRun {
  readonly input: object;
  readonly activities: Readonly<Record<string, (input: never) => Promise<object>>>;
  /** Called before every timer ends: the moment in which external events arrive. */
  readonly onTimer?: (raise: (eventName: string) => void) => void;
  /** Called with the time that a timer took. */
  readonly onPassed?: (passedMs: number) => void;
}

/** Of one execution: its history must not grow for ever. */
const MAX_STEPS = 500;

/**
 * Runs an orchestrator to its end as Durable does: activities are repeated while they throw, up to their attempts;
 * timers end at once.
 *
 * @returns what the orchestrator returns. @throws what it throws.
 */
export async function runOrchestrator(handler: OrchestrationHandler, run: OrchestratorRun): Promise<unknown> {
  const clock = { nowMs: Date.parse("2026-11-22T12:00:00Z") };
  for (let execution = run; ;) {
    const continued: { input?: object } = {};
    const output = await runExecution(handler, fakeContext(execution, clock, continued));
    if (continued.input === undefined) {
      return output;
    }
    // As Durable does: what the orchestrator had been waiting for when it began anew is not told again.
    execution = { ...run, input: JSON.parse(JSON.stringify(continued.input)) as object };
  }
}

async function runExecution(handler: OrchestrationHandler, context: OrchestrationContext): Promise<unknown> {
  const generator = handler(context);
  let step = generator.next();
  for (let count = 0; step.done !== true; count += 1) {
    if (count > MAX_STEPS) {
      throw new Error("The orchestrator does not come to an end.");
    }
    const task = asFakeTask(step.value);
    try {
      const value = await task.settle();
      step = generator.next(value);
    } catch (error) {
      step = generator.throw(error);
    }
  }
  return step.value;
}

function fakeContext(
  run: OrchestratorRun,
  clock: { nowMs: number },
  continued: { input?: object },
): OrchestrationContext {
  const raised = new Set<string>();
  const events = new Map<string, FakeTask>();
  const raise = (name: string): void => {
    raised.add(name);
    const waiting = events.get(name);
    if (waiting !== undefined) {
      waiting.isCompleted = true;
    }
  };
  const df = {
    getInput: () => run.input,
    get currentUtcDateTime() {
      return new Date(clock.nowMs);
    },
    continueAsNew: (input: object) => {
      continued.input = input;
    },
    setCustomStatus: () => undefined,
    callActivityWithRetry: (
      name: string,
      retry: { maxNumberOfAttempts: number },
      input: never,
    ): FakeTask => ({
      kind: "activity",
      isCompleted: false,
      settle: () =>
        attempt(retry.maxNumberOfAttempts, async () => withRefusal(() => activityOf(run, name)(input))),
    }),
    createTimer: (fireAt: Date) => {
      const timer: FakeTask & { cancel(): void } = {
        kind: "timer",
        isCompleted: false,
        cancel: () => undefined,
        async settle() {
          run.onTimer?.(raise);
          const passedMs = Math.max(0, fireAt.getTime() - clock.nowMs);
          clock.nowMs += passedMs;
          run.onPassed?.(passedMs);
          return undefined;
        },
      };
      return timer;
    },
    waitForExternalEvent: (name: string): FakeTask => {
      const task: FakeTask = {
        kind: "event",
        isCompleted: raised.has(name),
        settle: async () => undefined,
      };
      events.set(name, task);
      return task;
    },
    Task: {
      any: (tasks: readonly FakeTask[]): FakeTask => ({
        kind: "any",
        isCompleted: false,
        async settle() {
          const timer = tasks.find(({ kind }) => kind === "timer");
          await timer?.settle();
          return tasks.find(({ kind, isCompleted }) => kind === "event" && isCompleted) ?? timer;
        },
      }),
    },
  };
  return { df } as unknown as OrchestrationContext;
}

function activityOf({ activities }: OrchestratorRun, name: string): (input: never) => Promise<object> {
  const activity = activities[name];
  if (activity === undefined) {
    throw new Error(`There is no activity ${name}.`);
  }
  return activity;
}

/** Results cross the border as JSON, as they do in Durable. */
async function attempt(attempts: number, run: () => Promise<object>): Promise<unknown> {
  for (let left = attempts; ; left -= 1) {
    try {
      return JSON.parse(JSON.stringify(await run()));
    } catch (error) {
      if (left <= 1) {
        throw error;
      }
    }
  }
}

function asFakeTask(value: unknown): FakeTask {
  return value as FakeTask;
}
