import * as df from "durable-functions";

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

df.app.orchestration("version", function* (context) {
  yield context.df.callActivity("hello", "x");
  return context.df.version;
});

df.app.orchestration("guids", function* (context) {
  const first = context.df.newGuid(context.df.instanceId);
  const echoed: string = yield context.df.callActivity("hello", first);
  return { first, echoed };
});

const replays = new Map<string, unknown[]>();

/** Returns what it was told at each of its points, over all of its turns. */
df.app.orchestration("replaying", function* (context) {
  const noted = replays.get(context.df.instanceId) ?? [];
  replays.set(context.df.instanceId, noted);
  noted.push(["a", context.df.isReplaying]);
  yield context.df.callActivity("hello", "1");
  noted.push(["b", context.df.isReplaying]);
  yield context.df.callActivity("hello", "2");
  noted.push(["c", context.df.isReplaying]);
  return noted;
});

df.app.orchestration("largeStatus", function* (context) {
  context.df.setCustomStatus("x".repeat(9000));
  yield context.df.callActivity("hello", "x");
});
