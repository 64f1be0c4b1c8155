import { app } from "@azure/functions";
import * as df from "durable-functions";
import { callClient, type ClientCall } from "../call-client.ts";
import { messageOf } from "../message-of.ts";

app.setup({ enableHttpStream: true });

/** Starts an orchestration with the body as its input, as apps do it. */
app.http("start", {
  route: "start/{name}",
  methods: ["POST"],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const instanceId = await client.startNew(request.params["name"] ?? "", { input: await request.json() });
    return client.createCheckStatusResponse(request, instanceId);
  },
});

/** Calls a method of the SDK's client. */
app.http("client", {
  methods: ["POST"],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const call = (await request.json()) as ClientCall;
    try {
      return { jsonBody: { result: await callClient(df.getClient(context), call) } };
    } catch (error) {
      return { status: 500, jsonBody: { error: messageOf(error) } };
    }
  },
});
