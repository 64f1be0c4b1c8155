import { afterEach, describe, expect, it } from "vitest";
import type { FaultRequest } from "../../local/faults/fault.ts";
import { MAX_LANES } from "../../src/application/batches/batch-run.ts";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { callsOf } from "../support/azure-jobs.ts";
import { allItems, endedBatch, manyItems, readBatch, sendBatch } from "../support/batch-api.ts";
import { Faults } from "../support/faults.ts";
import {
  appProcess,
  type LocalStack,
  type LocalStackOptions,
  startLocalStack,
} from "../support/local-stack.ts";
import { freePortBlock } from "../support/port-block.ts";
import { until } from "../support/until.ts";

const ITEMS = 200;
const GOOD_ITEMS = 300;
const KILLS = 2;
const DEADLINE_MS = 90_000;

/** `BATCH_CONCURRENCY` where it matters. */
const AT_ONCE = 5;

/**
 * What a kill can make the app speak a second time: each place of each page that is worked on has an item that is being
 * spoken or stored, and one before it that is being stored.
 */
const OPEN_AT_ONCE = MAX_LANES * AT_ONCE * 2;

const CANCELED_ITEMS = 400;
const SPOKEN_BEFORE_CANCEL = 40;

/** Longer than any test. */
const FOREVER_MS = 600_000;

const SYNTHESES = { service: "speech", match: { operation: "synthesizeSpeech" } };

/** Calls of single syntheses, those that failed included. */
function synthesisCount({ parts }: LocalStack): Promise<number> {
  return callsOf(parts["Faults"] ?? "", "speech", "synthesizeSpeech");
}

function latency(latencyMs: number): Omit<FaultRequest, "times"> {
  return { ...SYNTHESES, action: { kind: "latency", latencyMs } };
}

describe("a batch in bad times", () => {
  let stack: LocalStack;
  let api: ApiClient;
  let faults: Faults;

  async function start(options?: LocalStackOptions): Promise<void> {
    stack = await startLocalStack(options);
    api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
    faults = new Faults(stack.parts);
  }

  afterEach(() => stack.close());

  it(
    "loses nothing and speaks no finished item twice when the host is killed",
    { timeout: 300_000 },
    async () => {
      await start({ port: await freePortBlock(), settings: { BATCH_CONCURRENCY: String(AT_ONCE) } });
      const bad = { id: "bad", text: "Nobody says this.", voice: "xx-XX-None" };

      const { id } = await sendBatch(api, { items: [...manyItems(ITEMS), bad] });
      const finished = new Map<string, number>();
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await until(
          () => readBatch(api, id),
          ({ counts }) => (counts["succeeded"] ?? 0) >= (kill * ITEMS) / (KILLS + 2),
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
      const batch = await endedBatch(api, id, DEADLINE_MS);
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
      expect(calls).toBeLessThanOrEqual(ITEMS + KILLS * OPEN_AT_ONCE);
    },
  );

  it(
    "makes one result of every good item, and speaks none twice, while a twentieth of the calls fails",
    { timeout: 300_000 },
    async () => {
      await start();
      const good = manyItems(GOOD_ITEMS);
      const bad = Array.from({ length: 10 }, (_, index) => ({
        id: `bad-${index}`,
        text: "Nobody says this.",
        voice: "xx-XX-None",
      }));
      const failing: readonly Pick<FaultRequest, "action" | "rate">[] = [
        { action: { kind: "status", status: 503 }, rate: { share: 0.03, seed: 7 } },
        // Longer than the client waits for: the item is left for another pass.
        { action: { kind: "throttle", retryAfterSeconds: 10 }, rate: { share: 0.02, seed: 8 } },
      ];
      for (const fault of failing) {
        await faults.add({ ...SYNTHESES, ...fault, times: { forMs: FOREVER_MS } });
      }

      const { id } = await sendBatch(api, { items: [...good, ...bad] });
      const batch = await endedBatch(api, id, DEADLINE_MS);
      const items = await allItems(api, id);
      const calls = await synthesisCount(stack);
      const failed = (await faults.list()).reduce((sum, { happened }) => sum + happened, 0);

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

  it("outlives an upstream that fails for more than one pass", async () => {
    await start();
    await faults.add({ ...SYNTHESES, action: { kind: "status", status: 503 }, times: 100_000 });

    const { id } = await sendBatch(api, { items: manyItems(60) });
    await until(
      () => allItems(api, id),
      (items) => items.some(({ attempts }) => attempts > 1),
    );
    await faults.clear();
    const batch = await endedBatch(api, id, DEADLINE_MS);

    expect(batch).toMatchObject({ status: "completed", counts: { total: 60, succeeded: 60, failed: 0 } });
  });

  it("is stopped while calls are under way that never end: what has been spoken stays, nothing else starts", async () => {
    await start({
      settings: { BATCH_CONCURRENCY: String(AT_ONCE), SPEECH_FIRST_BYTE_TIMEOUT_MS: String(FOREVER_MS) },
    });
    await faults.add({ ...latency(1), times: SPOKEN_BEFORE_CANCEL });
    await faults.add({ ...latency(FOREVER_MS), times: CANCELED_ITEMS });

    const { id } = await sendBatch(api, { items: manyItems(CANCELED_ITEMS) });
    await until(
      () => readBatch(api, id),
      ({ counts }) => counts["succeeded"] === SPOKEN_BEFORE_CANCEL,
    );
    await until(
      () => synthesisCount(stack),
      (calls) => calls === SPOKEN_BEFORE_CANCEL + AT_ONCE,
    );
    const canceled = await api.postJson(`/api/v1/synthesis/batch/${id}/cancel`, {});
    await canceled.body?.cancel();
    const batch = await endedBatch(api, id);

    expect(canceled.status).toBe(202);
    expect(batch).toMatchObject({
      status: "canceled",
      counts: {
        total: CANCELED_ITEMS,
        succeeded: SPOKEN_BEFORE_CANCEL,
        canceled: CANCELED_ITEMS - SPOKEN_BEFORE_CANCEL,
      },
    });
    expect(await synthesisCount(stack)).toBe(SPOKEN_BEFORE_CANCEL + AT_ONCE);
  });

  it("is gone with its results when its retention is over", async () => {
    await start({ settings: { BATCH_RETENTION_DAYS: "0.00001" } });
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
