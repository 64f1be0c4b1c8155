import * as df from "durable-functions";
import type { OrchestrationContext, Task } from "durable-functions";
import { recordEffect } from "./effects.ts";

const STEP_COUNT = 20;

/** What one activity of a run is asked for. */
export interface StepInput {
  readonly run: string;
  readonly step: string;
}

df.app.activity("doStep", {
  handler: ({ run, step }: StepInput) => {
    recordEffect(run, step);
    return step;
  },
});

/** Fails the first time it is asked for a step, in whichever process. */
df.app.activity("failFirst", {
  handler: ({ run, step }: StepInput) => {
    if (recordEffect(run, step) === 1) {
      throw new Error("the first attempt");
    }
    return step;
  },
});

df.app.orchestration("oneStep", function* (context): Generator<Task, string, string> {
  return yield context.df.callActivity("doStep", context.df.getInput<StepInput>());
});

/** Twenty steps of every kind, one after the other. Returns what each came to. */
df.app.orchestration("twentySteps", function* (context): Generator<Task, string[], string | string[]> {
  const results: string[] = [];
  for (let step = 0; step < STEP_COUNT; step++) {
    const result = yield taskOf(context, step);
    results.push([result ?? `timer${step}`].flat().join("+"));
  }
  return results;
});

function taskOf(context: OrchestrationContext, step: number): Task {
  const run = context.df.instanceId;
  const input = (part: string): StepInput => ({ run, step: `${part}${step}` });
  switch (step % 5) {
    case 0:
      return context.df.callActivity("doStep", input("activity"));
    case 1:
      return context.df.callActivityWithRetry("failFirst", new df.RetryOptions(1, 5), input("retry"));
    case 2:
      return context.df.Task.all(
        ["a", "b", "c"].map((part) => context.df.callActivity("doStep", input(part))),
      );
    case 3:
      return context.df.callSubOrchestrator("oneStep", input("child"));
    default:
      return context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1));
  }
}
