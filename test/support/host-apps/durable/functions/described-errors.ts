import * as df from "durable-functions";

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
