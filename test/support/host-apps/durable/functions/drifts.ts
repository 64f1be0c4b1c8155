import * as df from "durable-functions";
import { inMs } from "../in-ms.ts";

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
