import * as df from "durable-functions";
import { messageOf } from "../message-of.ts";

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

df.app.orchestration("tracedChild", function* (context) {
  return (yield context.df.callActivity("trace", {})) as unknown;
});

df.app.orchestration("traced", function* (context) {
  const own: unknown = yield context.df.callActivity("trace", {});
  const childs: unknown = yield context.df.callSubOrchestrator("tracedChild", {});
  return [own, childs];
});
