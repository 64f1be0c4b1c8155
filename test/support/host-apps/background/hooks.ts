import { writeFileSync } from "node:fs";
import { app } from "@azure/functions";
import { record } from "./record.ts";

app.hook.appStart((context) => {
  context.hookData["started"] = true;
  record.push({ name: "appStart", value: true });
});

app.hook.appTerminate((context) => {
  const journal = process.env["JOURNAL"];
  if (journal !== undefined) {
    writeFileSync(journal, `terminated, started: ${String(context.hookData["started"])}`);
  }
});

app.hook.preInvocation((context) => {
  if (context.invocationContext.functionName === "hooked") {
    context.hookData["before"] = "seen before";
    const handler = context.functionHandler;
    context.functionHandler = (...inputs: unknown[]) => {
      record.push({ name: "wrapped", value: inputs.length });
      return handler.apply(undefined, [...inputs] as Parameters<typeof handler>);
    };
  }
});

app.hook.postInvocation((context) => {
  if (context.invocationContext.functionName === "hooked") {
    context.result = { jsonBody: { hookData: context.hookData, error: String(context.error) } };
    context.error = undefined;
  }
});

app.hook.log((context) => {
  context.message = context.message.replace("secret", "******");
});

app.http("hooked", {
  handler: (_request, context) => {
    context.log("a secret", { a: 1 });
    throw new Error("The handler failed.");
  },
});

app.http("record", { methods: ["GET"], handler: () => ({ jsonBody: record }) });

app.http("slow", {
  handler: async () => {
    record.push({ name: "slow", value: undefined });
    await new Promise((resolve) => setTimeout(resolve, 400));
    return { body: "slow" };
  },
});

const release = Promise.withResolvers<void>();

app.http("held", {
  handler: async () => {
    await release.promise;
    return { body: "held" };
  },
});

/** Fired by hand: a request would need a place that the held ones have taken. */
app.timer("release", { schedule: "0 0 0 1 1 *", handler: () => release.resolve() });

app.http("trace", {
  handler: (_request, context) => ({ jsonBody: { traceParent: context.traceContext?.traceParent } }),
});
