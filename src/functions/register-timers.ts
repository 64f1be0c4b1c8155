import { app } from "@azure/functions";
import { input } from "durable-functions";
import type { Logger } from "../application/ports/logger.ts";
import type { InvocationScope } from "./invocation-scope.ts";

/** Work that is done again and again. */
export interface TimedJob {
  readonly name: string;
  /** NCRONTAB with seconds, in UTC. */
  readonly schedule: string;
  /** @returns figures for the log. */
  readonly run: () => Promise<Readonly<Record<string, number>>>;
}

/** Registers one timer Function per job, under the job's name. */
export function registerTimers(
  jobs: readonly TimedJob[],
  { within, logger }: { readonly within: InvocationScope; readonly logger: Logger },
): void {
  for (const { name, schedule, run } of jobs) {
    app.timer(name, {
      schedule,
      extraInputs: [input.durableClient()],
      handler: (_timer, context) =>
        within(context, async () => {
          logger.log("info", "A timed job has ended", { job: name, ...(await run()) });
        }),
    });
  }
}
