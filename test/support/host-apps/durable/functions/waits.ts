import * as df from "durable-functions";
import { inMs } from "../in-ms.ts";

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

df.app.orchestration("race", function* (context) {
  const activity = context.df.callActivity("slow", 30);
  const timer = context.df.createTimer(inMs(context, 1));
  const winner: unknown = yield context.df.Task.any([activity, timer]);
  const result: string = yield activity;
  const end: string = yield context.df.callActivity("hello", "end");
  return [winner === activity ? "activity" : "timer", result, end];
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
