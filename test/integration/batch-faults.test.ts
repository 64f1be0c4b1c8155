import { afterEach, describe, expect, it } from "vitest";
import { apiClient } from "../support/api-client.ts";
import { callsOf } from "../support/azure-jobs.ts";
import { allItems, endedBatch, manyItems, readBatch, sendBatch } from "../support/batch-api.ts";
import { appProcess, type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { until } from "../support/until.ts";

const ITEMS = 200;
const GOOD_ITEMS = 300;
const KILLS = 2;
const DEADLINE_MS = 90_000;

/** Items that one host speaks at once: what a kill can make it do a second time. */
const AT_ONCE = 20;

/** Makes calls of single syntheses fail. */
async function addFault({ parts }: LocalStack, fault: object): Promise<void> {
  await fetch(`${parts["Faults"]}/faults`, {
    method: "POST",
    body: JSON.stringify({ service: "speech", match: { operation: "synthesizeSpeech" }, ...fault }),
  });
}

/** How often a fault has happened. */
async function faultCount({ parts }: LocalStack): Promise<number> {
  const { faults } = (await (await fetch(`${parts["Faults"]}/faults`)).json()) as {
    faults: { happened: number }[];
  };
  return faults.reduce((sum, { happened }) => sum + happened, 0);
}

/** Calls of single syntheses, those that failed included. */
function synthesisCount({ parts }: LocalStack): Promise<number> {
  return callsOf(parts["Faults"] ?? "", "speech", "synthesizeSpeech");
}

describe("a batch in bad times", () => {
  let stack: LocalStack;

  afterEach(() => stack.close());

  it(
    "loses nothing and speaks no finished item twice when the host is killed",
    { timeout: 120_000 },
    async () => {
      stack = await startLocalStack();
      const api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
      const bad = { id: "bad", text: "Nobody says this.", voice: "xx-XX-None" };

      const { id } = await sendBatch(api, { items: [...manyItems(ITEMS), bad] });
      const finished = new Map<string, number>();
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await until(
          () => readBatch(api, id).catch(() => undefined),
          (batch) => (batch?.counts["succeeded"] ?? 0) >= (kill * ITEMS) / (KILLS + 2),
          DEADLINE_MS,
        );
        for (const item of await allItems(api, id)) {
          if (item.status === "succeeded") {
            finished.set(item.id, item.attempts);
          }
        }
        const victim = appProcess(stack);
        process.kill(victim ?? Number.NaN, "SIGKILL");
        await until(
          async () => appProcess(stack),
          (next) => next !== undefined && next !== victim,
          DEADLINE_MS,
        );
      }
      const batch = await until(
        () => endedBatch(api, id, DEADLINE_MS).catch(() => undefined),
        (ended) => ended !== undefined,
        DEADLINE_MS,
      );
      const items = await allItems(api, id);
      const calls = await synthesisCount(stack);

      expect(batch).toMatchObject({
        status: "completed-with-errors",
        counts: { total: ITEMS + 1, succeeded: ITEMS, failed: 1, canceled: 0 },
      });
      expect(items.filter(({ audioUrl }) => audioUrl !== null)).toHaveLength(ITEMS);
      expect(items.filter(({ error }) => error !== null)).toMatchObject([
        { id: "bad", error: { code: "voice-not-found" } },
      ]);
      expect(finished.size).toBeGreaterThan(0);
      expect(
        items.filter((item) => finished.has(item.id) && item.attempts !== finished.get(item.id)),
      ).toEqual([]);
      expect(calls).toBeGreaterThanOrEqual(ITEMS);
      expect(calls).toBeLessThanOrEqual(ITEMS + KILLS * AT_ONCE);
    },
  );

  it(
    "makes one result of every good item, and speaks none twice, while a twentieth of the calls fails",
    { timeout: 120_000 },
    async () => {
      stack = await startLocalStack();
      const api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
      const good = manyItems(GOOD_ITEMS);
      const bad = Array.from({ length: 10 }, (_, index) => ({
        id: `bad-${index}`,
        text: "Nobody says this.",
        voice: "xx-XX-None",
      }));
      const failing = [
        { action: { kind: "status", status: 503 }, rate: { share: 0.03, seed: 7 } },
        // Longer than the client waits for: the item is left for another pass.
        { action: { kind: "throttle", retryAfterSeconds: 10 }, rate: { share: 0.02, seed: 8 } },
      ];
      for (const fault of failing) {
        await addFault(stack, { ...fault, times: { forMs: 600_000 } });
      }

      const { id } = await sendBatch(api, { items: [...good, ...bad] });
      const batch = await endedBatch(api, id, DEADLINE_MS);
      const items = await allItems(api, id);
      const [calls, failed] = [await synthesisCount(stack), await faultCount(stack)];

      expect(batch).toMatchObject({
        status: "completed-with-errors",
        counts: { total: GOOD_ITEMS + 10, succeeded: GOOD_ITEMS, failed: 10 },
      });
      expect(items.filter(({ audioUrl }) => audioUrl !== null).map(({ id: of }) => of)).toEqual(
        good.map(({ id: of }) => of),
      );
      expect(items.filter(({ error }) => error !== null).map(({ id: of }) => of)).toEqual(
        bad.map(({ id: of }) => of),
      );
      expect(items.some(({ attempts }) => attempts > 1)).toBe(true);
      expect(failed).toBeGreaterThan(GOOD_ITEMS / 50);
      expect(calls - failed).toBe(GOOD_ITEMS);
    },
  );

  it("outlives an upstream that fails for seconds", { timeout: 60_000 }, async () => {
    stack = await startLocalStack();
    const api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
    await addFault(stack, { action: { kind: "status", status: 503 }, times: { forMs: 4_000 } });

    const { id } = await sendBatch(api, { items: manyItems(60) });
    const batch = await endedBatch(api, id, DEADLINE_MS);
    const items = await allItems(api, id);

    expect(batch).toMatchObject({ status: "completed", counts: { total: 60, succeeded: 60, failed: 0 } });
    expect(items.some(({ attempts }) => attempts > 1)).toBe(true);
  });

  it("is gone with its results when its retention is over", { timeout: 60_000 }, async () => {
    stack = await startLocalStack({ settings: { BATCH_RETENTION_DAYS: "0.00001" } });
    const api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
    const { id } = await sendBatch(api, { items: manyItems(3) });
    await endedBatch(api, id);
    const [item] = await allItems(api, id);

    const status = await until(
      async () => {
        const body = '{"input":""}';
        await fetch(`${stack.url}/admin/functions/expireBatches`, { method: "POST", body });
        return (await api.get(`/api/v1/synthesis/batch/${id}`)).status;
      },
      (found) => found === 404,
    );

    expect(status).toBe(404);
    expect((await fetch(item?.audioUrl ?? "")).status).toBe(404);
  });
});
