import { setTimeout as delay } from "node:timers/promises";
import * as df from "durable-functions";
import { squares } from "../squares.ts";
import { tally } from "../tally.ts";

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
    squares.running += 1;
    squares.maxRunning = Math.max(squares.maxRunning, squares.running);
    await delay(5);
    squares.running -= 1;
    return value * value;
  },
});

df.app.activity("slow", {
  handler: async (durationMs: number) => {
    await delay(durationMs);
    return "slow done";
  },
});

df.app.activity("succeedsAfter", {
  handler: ({ run, failures }: { readonly run: string; readonly failures: number }) => {
    const calls = tally("succeedsAfter", run);
    if (calls <= failures) {
      throw new Error(`failure ${calls}`);
    }
    return `ok after ${calls}`;
  },
});

df.app.activity("alwaysFails", {
  handler: () => {
    throw new Error("always fails");
  },
});

df.app.activity("failsOnce", {
  handler: (run: string) => {
    if (tally("failsOnce", run) === 1) {
      throw new Error("broken");
    }
    return "fixed";
  },
});

df.app.activity("trace", { handler: (_input: unknown, context) => context.traceContext?.traceParent });
