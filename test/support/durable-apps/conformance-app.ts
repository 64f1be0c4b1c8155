import * as df from "durable-functions";
import type { OrchestrationContext } from "durable-functions";
import { registerClientFunction } from "./client-function.ts";
import { seen } from "./seen.ts";

registerClientFunction();

df.app.activity("hello", { handler: (name: string) => `Hello ${name}` });
df.app.activity("increment", { handler: (value: number) => value + 1 });
df.app.activity("nothing", { handler: () => undefined });
df.app.activity("jsonText", { handler: () => '{"a":1}' });
df.app.activity("bytes", { handler: () => Buffer.from("abc") });
df.app.activity("typeOf", {
  handler: (value: unknown) => ({ type: typeof value, value: value ?? null }),
});
df.app.activity("square", {
  handler: async (value: number) => {
    seen.running += 1;
    seen.maxRunning = Math.max(seen.maxRunning, seen.running);
    await pause(5);
    seen.running -= 1;
    return value * value;
  },
});
df.app.activity("slow", {
  handler: async (durationMs: number) => {
    await pause(durationMs);
    return "slow done";
  },
});
df.app.activity("succeedsAfter", {
  handler: (failures: number) => {
    seen.calls += 1;
    if (seen.calls <= failures) {
      throw new Error(`failure ${seen.calls}`);
    }
    return `ok after ${seen.calls}`;
  },
});
df.app.activity("alwaysFails", {
  handler: () => {
    seen.calls += 1;
    throw new Error("always fails");
  },
});
df.app.activity("failsUntilFixed", {
  handler: () => {
    if (!seen.isFixed) {
      throw new Error("broken");
    }
    return "fixed";
  },
});

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });
}

function inMs(context: OrchestrationContext, durationMs: number): Date {
  return new Date(context.df.currentUtcDateTime.getTime() + durationMs);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

df.app.orchestration("chain", function* (context) {
  const input: unknown = context.df.getInput();
  const first: string = yield context.df.callActivity("hello", "Tokyo");
  const second: string = yield context.df.callActivity("hello", first);
  const nothing: unknown = yield context.df.callActivity("nothing");
  const text: unknown = yield context.df.callActivity("jsonText");
  const bytes: unknown = yield context.df.callActivity("bytes");
  context.df.setCustomStatus({ step: 5 });
  return { input, second, nothing: nothing ?? "nullish", text, bytes };
});

df.app.orchestration("types", function* (context) {
  const values = ["s", "5", 5, 1.5, true, null, [1], { a: 1 }, '{"x":1}', undefined, new Date(0)];
  const received: unknown[] = [];
  for (const value of values) {
    received.push(yield context.df.callActivity("typeOf", value));
  }
  return received;
});

df.app.orchestration("fanOut", function* (context) {
  const count = context.df.getInput<{ count: number }>().count;
  const tasks = Array.from({ length: count }, (_, index) => context.df.callActivity("square", index));
  const squares: number[] = yield context.df.Task.all(tasks);
  return squares.reduce((sum, square) => sum + square, 0);
});

df.app.orchestration("sequence", function* (context) {
  const { steps } = context.df.getInput<{ steps: number }>();
  let value = 0;
  for (let step = 0; step < steps; step++) {
    value = yield context.df.callActivity("increment", value);
  }
  return value;
});

df.app.orchestration("timer", function* (context) {
  const start = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(inMs(context, context.df.getInput<{ ms: number }>().ms));
  return context.df.currentUtcDateTime.getTime() - start;
});

df.app.orchestration("twoEvents", function* (context) {
  const first: unknown = yield context.df.waitForExternalEvent("go");
  const second: unknown = yield context.df.waitForExternalEvent("go");
  return [first, second];
});

df.app.orchestration("approval", function* (context) {
  const timeout = context.df.createTimer(inMs(context, 86_400_000));
  const approval = context.df.waitForExternalEvent("Approval");
  const winner: unknown = yield context.df.Task.any([approval, timeout]);
  if (winner !== approval) {
    return "timeout";
  }
  timeout.cancel();
  const greeting: string = yield context.df.callActivity("hello", "approved");
  return ["approved", approval.result, greeting];
});

df.app.orchestration("retry", function* (context) {
  const options = new df.RetryOptions(100, 5);
  options.backoffCoefficient = 2;
  const result: string = yield context.df.callActivityWithRetry("succeedsAfter", options, 2);
  return result;
});

df.app.orchestration("retryInVain", function* (context) {
  try {
    yield context.df.callActivityWithRetry("alwaysFails", new df.RetryOptions(50, 3), "x");
    return "unreachable";
  } catch (error) {
    return { caught: messageOf(error) };
  }
});

df.app.orchestration("retryInFanOut", function* (context) {
  const options = new df.RetryOptions(30, 8);
  const results: unknown[] = yield context.df.Task.all([
    context.df.callActivityWithRetry("succeedsAfter", options, 3),
    context.df.callActivity("hello", "x"),
    context.df.callActivityWithRetry("succeedsAfter", options, 3),
    context.df.createTimer(inMs(context, 60)),
  ]);
  const end: string = yield context.df.callActivity("hello", "end");
  return [results, end];
});

df.app.orchestration("child", function* (context) {
  const input: unknown = context.df.getInput();
  if (input === "fail") {
    throw new Error("child failed");
  }
  const greeting: string = yield context.df.callActivity("hello", String(input));
  return { id: context.df.instanceId, parent: context.df.parentInstanceId, greeting };
});

df.app.orchestration("parent", function* (context) {
  const first: unknown = yield context.df.callSubOrchestrator("child", "one");
  const second: unknown = yield context.df.callSubOrchestrator(
    "child",
    "two",
    `${context.df.instanceId}-child`,
  );
  try {
    yield context.df.callSubOrchestrator("child", "fail");
    return "unreachable";
  } catch (error) {
    return { first, second, error: messageOf(error) };
  }
});

df.app.orchestration("parentOfFlaky", function* (context) {
  const result: unknown = yield context.df.callSubOrchestrator(
    "unhandled",
    {},
    `${context.df.instanceId}-child`,
  );
  return { result };
});

df.app.orchestration("parentOfMissing", function* (context) {
  yield context.df.callSubOrchestrator("nobody", {});
});

df.app.orchestration("retriedChild", function* (context) {
  try {
    yield context.df.callSubOrchestratorWithRetry("child", new df.RetryOptions(20, 2), "fail");
    return "unreachable";
  } catch (error) {
    return messageOf(error);
  }
});

df.app.orchestration("rounds", function* (context) {
  const round = context.df.getInput<number>();
  yield context.df.createTimer(inMs(context, 10));
  if (round < 5) {
    context.df.continueAsNew(round + 1);
    return;
  }
  return `stopped at ${round}`;
});

df.app.orchestration("roundsOfText", function* (context) {
  const input: unknown = context.df.getInput();
  yield context.df.callActivity("hello", "x");
  if (input === "start") {
    context.df.continueAsNew("next");
    return;
  }
  return { got: input };
});

/** Ends each round with the first event; counts what it has seen. */
df.app.orchestration("roundsOfEvents", function* (context) {
  const collected = context.df.getInput<{ collected: unknown[] }>().collected;
  const event: unknown = yield context.df.waitForExternalEvent("item");
  const next = [...collected, event];
  if (next.length < 3) {
    yield context.df.callActivity("slow", 20);
    context.df.continueAsNew({ collected: next });
    return;
  }
  return next;
});

df.app.orchestration("throws", function* (context) {
  yield context.df.callActivity("hello", "x");
  throw new Error("orchestrator bug");
});

df.app.orchestration("unhandled", function* (context) {
  const result: unknown = yield context.df.callActivity("failsUntilFixed");
  return result;
});

df.app.orchestration("nonDeterministic", function* (context) {
  seen.turns += 1;
  if (seen.turns === 1) {
    yield context.df.callActivity("hello", "a");
    return;
  }
  yield context.df.createTimer(inMs(context, 5));
  yield context.df.callActivity("hello", "b");
});

df.app.orchestration("race", function* (context) {
  const activity = context.df.callActivity("slow", 30);
  const timer = context.df.createTimer(inMs(context, 1));
  const winner: unknown = yield context.df.Task.any([activity, timer]);
  const result: string = yield activity;
  const end: string = yield context.df.callActivity("hello", "end");
  return [winner === activity ? "activity" : "timer", result, end];
});

df.app.orchestration("guids", function* (context) {
  const first = context.df.newGuid(context.df.instanceId);
  const echoed: string = yield context.df.callActivity("hello", first);
  return { first, echoed };
});

df.app.orchestration("replaying", function* (context) {
  seen.replays.push(["a", context.df.isReplaying]);
  yield context.df.callActivity("hello", "1");
  seen.replays.push(["b", context.df.isReplaying]);
  yield context.df.callActivity("hello", "2");
  seen.replays.push(["c", context.df.isReplaying]);
});

df.app.orchestration("caughtFanOut", function* (context) {
  try {
    yield context.df.Task.all([context.df.callActivity("slow", 100), context.df.callActivity("alwaysFails")]);
  } catch {
    return (yield context.df.callActivity("hello", "compensation")) as string;
  }
  return "unreachable";
});

df.app.orchestration("driftInAll", function* (context) {
  const once = new df.RetryOptions(10, 1);
  const often = new df.RetryOptions(80, 4);
  try {
    yield context.df.Task.all([
      context.df.callActivityWithRetry("alwaysFails", once),
      context.df.callActivityWithRetry("alwaysFails", often),
    ]);
  } catch {
    return (yield context.df.callActivity("hello", "compensation")) as string;
  }
  return "unreachable";
});

df.app.orchestration("driftInAny", function* (context) {
  const retried = context.df.callActivityWithRetry("alwaysFails", new df.RetryOptions(50, 3));
  const timer = context.df.createTimer(inMs(context, 20));
  yield context.df.Task.any([retried, timer]);
  try {
    yield retried;
  } catch {
    return (yield context.df.callActivity("hello", "after")) as string;
  }
  return "unreachable";
});

df.app.orchestration("http", function* (context) {
  yield context.df.callHttp({ method: "GET", url: "http://127.0.0.1:1/" });
});
df.app.orchestration("entity", function* (context) {
  yield context.df.callEntity(new df.EntityId("counter", "a"), "get");
});
df.app.orchestration("lock", function* (context) {
  yield context.df.lock(new df.EntityId("counter", "a"));
});
df.app.orchestration("version", function* (context) {
  yield context.df.callActivity("hello", "x");
  return context.df.version;
});

df.app.orchestration("missingActivity", function* (context) {
  yield context.df.callActivity("nobody");
});
df.app.orchestration("largeStatus", function* (context) {
  context.df.setCustomStatus("x".repeat(9000));
  yield context.df.callActivity("hello", "x");
});

/** An error that the app describes to its orchestrators. */
class DeclinedError extends Error {
  override readonly name = "DeclinedError";
}

df.app.setExceptionPropertiesProvider({
  getExceptionProperties: (error) => (error instanceof DeclinedError ? { code: "declined" } : undefined),
});
df.app.activity("decline", {
  handler: () => {
    throw new DeclinedError("no");
  },
});
df.app.orchestration("described", function* (context) {
  yield context.df.callActivity("decline");
});
df.app.orchestration("describedTwice", function* (context) {
  const failures: unknown[] = [];
  for (const task of [context.df.callActivity("decline"), context.df.callSubOrchestrator("described", {})]) {
    try {
      yield task;
    } catch (error) {
      failures.push(error instanceof df.TaskFailedError ? error.failureDetails : String(error));
    }
  }
  return failures;
});

df.app.activity("trace", { handler: (_input: unknown, context) => context.traceContext?.traceParent });
df.app.orchestration("tracedChild", function* (context) {
  return (yield context.df.callActivity("trace", {})) as unknown;
});
df.app.orchestration("traced", function* (context) {
  const own: unknown = yield context.df.callActivity("trace", {});
  const childs: unknown = yield context.df.callSubOrchestrator("tracedChild", {});
  return [own, childs];
});
