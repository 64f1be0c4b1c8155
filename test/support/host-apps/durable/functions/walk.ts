import { appendFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import * as df from "durable-functions";

interface Steps {
  readonly count: number;
  readonly everyMs: number;
  /** Where every activity notes that it ran. */
  readonly journal: string;
}

df.app.activity("step", {
  handler: async ({ index, everyMs, journal }: Steps & { readonly index: number }) => {
    await delay(everyMs);
    await appendFile(journal, `${index}\n`);
    return index;
  },
});

df.app.orchestration("walk", function* (context) {
  const steps = context.df.getInput<Steps>();
  const done: number[] = [];
  for (let index = 0; index < steps.count; index += 1) {
    done.push(yield context.df.callActivity("step", { ...steps, index }));
  }
  return done;
});
