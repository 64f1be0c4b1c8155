import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { Faults } from "../../test/support/faults.ts";
import type { ApiUser } from "../harness/api-user.ts";
import type { Scenario } from "../harness/scenario.ts";
import { statisticsOf } from "../harness/statistics.ts";

const ITEMS = 400;
const ROUNDS = 10;

/** Its calls alone are slow. */
const SLOW_VOICE = "en-GB-SoniaNeural";
const UPSTREAM_LATENCY_MS = 400;
const POLL_MS = 10;
const GOAL_MS = 1_000;

const batchSchema = z.object({
  id: z.string(),
  status: z.string(),
  counts: z.object({ succeeded: z.number() }),
});

/** From the call that cancels a batch in the middle until the batch reads `canceled`, with its slow calls broken off. */
export const batchCancel: Scenario = {
  name: "batch-cancel",
  run: async (context) => {
    const faults = new Faults((await context.stack()).parts);
    const user = await context.user();
    const action = { kind: "latency", latencyMs: UPSTREAM_LATENCY_MS } as const;
    await faults.add({ service: "speech", match: { voice: SLOW_VOICE }, action, times: ITEMS * ROUNDS });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await cancelMs(user, round));
    }
    await faults.clear();
    const statistics = statisticsOf(times);
    return [
      {
        what: `${ITEMS} items, upstream ${UPSTREAM_LATENCY_MS} ms: cancel to canceled`,
        unit: "ms",
        statistics,
        goal: `p95 under ${GOAL_MS}`,
        isReached: statistics.p95 < GOAL_MS,
      },
    ];
  },
};

async function cancelMs(user: ApiUser, round: number): Promise<number> {
  const items = Array.from({ length: ITEMS }, (_, index) => ({ text: `Line ${index} of round ${round}.` }));
  const { body } = await user.post("/api/v1/synthesis/batch", {
    items,
    defaults: { voice: SLOW_VOICE, cache: "bypass" },
  });
  const { id } = batchSchema.parse(JSON.parse(body.toString()));
  await untilBatch(user, id, ({ counts }) => counts.succeeded > 0);
  const startedMs = performance.now();
  await user.post(`/api/v1/synthesis/batch/${id}/cancel`, {});
  await untilBatch(user, id, ({ status }) => status === "canceled");
  return performance.now() - startedMs;
}

type Batch = z.output<typeof batchSchema>;

/** @throws Error when it ends in another way. */
async function untilBatch(user: ApiUser, id: string, isWanted: (batch: Batch) => boolean): Promise<void> {
  for (;;) {
    const answer = await user.get(`/api/v1/synthesis/batch/${id}`);
    const batch = batchSchema.parse(JSON.parse(answer.body.toString()));
    if (isWanted(batch)) {
      return;
    }
    if (!["pending", "running", "canceling"].includes(batch.status)) {
      throw new Error(`The batch ended as ${batch.status}.`);
    }
    await delay(POLL_MS);
  }
}
