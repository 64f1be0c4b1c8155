import { afterAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { BATCH_VOICE, endedBatch, manyItems, readBatch, sendBatch } from "../support/batch-api.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { until } from "../support/until.ts";

const BUSY_ITEMS = 4_000;
const BUSY_VOICE = "en-GB-SoniaNeural";

/** Of every call for the busy one: twenty of them fill all places of the Speech resource. */
const LATENCY_MS = 1_000;
const REPEATS = 5;
const DEADLINE_MS = 60_000;

async function smallBatch(api: ApiClient): Promise<void> {
  const { id } = await sendBatch(api, { items: manyItems(5) });
  await endedBatch(api, id, DEADLINE_MS);
}

async function shortSpeech(api: ApiClient): Promise<void> {
  const body = { text: "A short text.", voice: BATCH_VOICE, cache: "bypass", store: false };
  await (await api.postJson("/api/v1/synthesis/speak", body)).arrayBuffer();
}

/** Median of some runs. */
async function durationMs(run: () => Promise<void>): Promise<number> {
  const all: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const startedMs = performance.now();
    await run();
    all.push(performance.now() - startedMs);
  }
  return all.toSorted((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Infinity;
}

describe("while thousands of items of one person are spoken", () => {
  let stack: LocalStack | undefined;

  afterAll(() => stack?.close());

  it("another person's batch and speech take little longer than alone", { timeout: 120_000 }, async () => {
    stack = await startLocalStack();
    const user = { baseUrl: stack.url, dataDirectory: stack.dataDirectory };
    const [busy, quiet] = await Promise.all([apiClient(user), apiClient(user)]);
    await fetch(`${stack.parts["Faults"]}/faults`, {
      method: "POST",
      body: JSON.stringify({
        service: "speech",
        match: { voice: BUSY_VOICE },
        action: { kind: "latency", latencyMs: LATENCY_MS },
        times: { forMs: 600_000 },
      }),
    });
    await smallBatch(quiet);
    await shortSpeech(quiet);
    const alone = {
      batchMs: await durationMs(() => smallBatch(quiet)),
      speechMs: await durationMs(() => shortSpeech(quiet)),
    };

    const { id } = await sendBatch(busy, {
      items: manyItems(BUSY_ITEMS),
      defaults: { voice: BUSY_VOICE },
    });
    await until(
      () => readBatch(busy, id),
      ({ counts }) => (counts["succeeded"] ?? 0) > 0,
      DEADLINE_MS,
    );
    const beside = {
      batchMs: await durationMs(() => smallBatch(quiet)),
      speechMs: await durationMs(() => shortSpeech(quiet)),
    };
    const { status, counts } = await readBatch(busy, id);

    expect(beside.batchMs).toBeLessThan(4 * alone.batchMs + LATENCY_MS);
    expect(beside.speechMs).toBeLessThan(4 * alone.speechMs + LATENCY_MS);
    expect(status).toBe("running");
    expect(counts["failed"]).toBe(0);
    expect(counts["pending"]).toBeGreaterThan(BUSY_ITEMS / 2);
  });
});
