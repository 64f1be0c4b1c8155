import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { ApiUser } from "../harness/api-user.ts";
import type { Figure, Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";
import { VOICE } from "./speech-contenders.ts";

const CONCURRENCY = 20;
const UPSTREAM_MS = 50;

/** Of the ideal time: how often progress is asked for, so that asking costs the same share of every job. */
const POLL_SHARE = 0.01;
const GOAL_RATIO = 1.25;

const batchSchema = z.object({ id: z.string(), status: z.string() });

export const batch = batchScenario("batch", [100, 1_000]);

/** Takes minutes, so that it runs only when it is named. */
export const batch10000: Scenario = { ...batchScenario("batch-10000", [10_000]), isUsual: false };

/** Items against a service that takes 50 ms for each, twenty at once. */
function batchScenario(name: string, counts: readonly number[]): Scenario {
  return {
    name,
    run: async (context) => {
      const user = await context.stubbedUser();
      await elapsedMs(user, CONCURRENCY);
      const figures: Figure[] = [];
      for (const count of counts) {
        figures.push(figureOf(count, await elapsedMs(user, count)));
      }
      return figures;
    },
  };
}

function figureOf(count: number, elapsed: number): Figure {
  const idealMs = idealMsOf(count);
  const ratio = elapsed / idealMs;
  return {
    what: `${count} items; ideal ${idealMs} ms`,
    unit: "ms",
    statistics: statisticsOf([elapsed]),
    ratio,
    over: elapsed - idealMs,
    ...(count === 1_000 && { goal: `under ${GOAL_RATIO}×`, isReached: ratio < GOAL_RATIO }),
  };
}

function idealMsOf(count: number): number {
  return Math.ceil(count / CONCURRENCY) * UPSTREAM_MS;
}

/** From the request until the job says that it has ended. @throws Error when it did not speak everything. */
async function elapsedMs(user: ApiUser, count: number): Promise<number> {
  const items = Array.from({ length: count }, (_, index) => ({ text: `Line ${index} of ${count}.` }));
  const startedMs = performance.now();
  const { body } = await user.post("/api/v1/synthesis/batch", {
    items,
    defaults: { voice: VOICE, format: "pcm", cache: "bypass" },
  });
  let found = batchSchema.parse(JSON.parse(body.toString()));
  while (["pending", "running"].includes(found.status)) {
    await delay(idealMsOf(count) * POLL_SHARE);
    const answer = await user.get(`/api/v1/synthesis/batch/${found.id}`);
    found = batchSchema.parse(JSON.parse(answer.body.toString()));
  }
  if (found.status !== "completed") {
    throw new Error(`The batch ended as ${found.status}.`);
  }
  return performance.now() - startedMs;
}
