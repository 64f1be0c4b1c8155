import { readdirSync } from "node:fs";
import { app, trigger, type InvocationContext } from "@azure/functions";
import * as df from "durable-functions";
import { callClient, type ClientCall } from "../host-apps/durable/call-client.ts";

const FUNCTIONS = new URL("../host-apps/durable/functions/", import.meta.url);

for (const file of readdirSync(FUNCTIONS)) {
  await import(new URL(file, FUNCTIONS).href);
}

/** The sample app for tests that drive the engine without HTTP; they use the SDK's client through this function. */
app.generic("clientCall", {
  trigger: trigger.generic({ type: "clientTrigger" }),
  extraInputs: [df.input.durableClient()],
  handler: async (call: unknown, context: InvocationContext) => ({
    result: await callClient(df.getClient(context), call as ClientCall),
  }),
});
