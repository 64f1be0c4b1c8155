import { appendFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { app } from "@azure/functions";
import * as df from "durable-functions";
import type { OrchestrationContext } from "durable-functions";

interface Steps {
  readonly count: number;
  readonly everyMs: number;
  /** Where every activity notes that it ran. */
  readonly journal: string;
}

app.setup({ enableHttpStream: true });

df.app.activity("step", {
  handler: async ({ index, everyMs, journal }: Steps & { readonly index: number }) => {
    await delay(everyMs);
    await appendFile(journal, `${index}\n`);
    return index;
  },
});

df.app.orchestration("walk", function* walk(context: OrchestrationContext) {
  const steps = context.df.getInput<Steps>();
  const done: number[] = [];
  for (let index = 0; index < (steps?.count ?? 0); index += 1) {
    done.push(yield context.df.callActivity("step", { ...steps, index }));
  }
  return done;
});

app.http("start", {
  methods: ["POST"],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const instanceId = await client.startNew("walk", { input: await request.json() });
    return client.createCheckStatusResponse(request, instanceId);
  },
});
