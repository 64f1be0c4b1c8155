import * as df from "durable-functions";
import { inMs } from "../in-ms.ts";
import { messageOf } from "../message-of.ts";
import { tally } from "../tally.ts";

df.app.orchestration("retry", function* (context) {
  const options = new df.RetryOptions(100, 5);
  options.backoffCoefficient = 2;
  const result: string = yield context.df.callActivityWithRetry("succeedsAfter", options, {
    run: context.df.instanceId,
    failures: 2,
  });
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
  const input = { run: context.df.instanceId, failures: 3 };
  const results: unknown[] = yield context.df.Task.all([
    context.df.callActivityWithRetry("succeedsAfter", options, input),
    context.df.callActivity("hello", "x"),
    context.df.callActivityWithRetry("succeedsAfter", options, input),
    context.df.createTimer(inMs(context, 60)),
  ]);
  const end: string = yield context.df.callActivity("hello", "end");
  return [results, end];
});

df.app.orchestration("throws", function* (context) {
  yield context.df.callActivity("hello", "x");
  throw new Error("orchestrator bug");
});

df.app.orchestration("unhandled", function* (context) {
  const result: unknown = yield context.df.callActivity("failsOnce", context.df.instanceId);
  return result;
});

df.app.orchestration("nonDeterministic", function* (context) {
  if (tally("nonDeterministic", context.df.instanceId) === 1) {
    yield context.df.callActivity("hello", "a");
    return;
  }
  yield context.df.createTimer(inMs(context, 5));
  yield context.df.callActivity("hello", "b");
});

df.app.orchestration("caughtFanOut", function* (context) {
  try {
    yield context.df.Task.all([context.df.callActivity("slow", 100), context.df.callActivity("alwaysFails")]);
  } catch {
    return (yield context.df.callActivity("hello", "compensation")) as string;
  }
  return "unreachable";
});

df.app.orchestration("missingActivity", function* (context) {
  yield context.df.callActivity("nobody");
});
