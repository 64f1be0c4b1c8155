import { afterAll, describe, expect, it } from "vitest";
import { apiClient } from "../support/api-client.ts";
import { BATCH_VOICE, endedBatch, manyItems, readBatch, sendBatch } from "../support/batch-api.ts";
import { Faults } from "../support/faults.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { until } from "../support/until.ts";

const BUSY_ITEMS = 4_000;
const BUSY_VOICE = "en-GB-SoniaNeural";

/** Of every call for the busy one: twenty of them fill all places of the Speech resource. */
const LATENCY_MS = 1_000;
const DEADLINE_MS = 60_000;

describe("while thousands of items of one person are spoken", () => {
  let stack: LocalStack | undefined;

  afterAll(() => stack?.close());

  it("another person's batch and speech are done long before them", { timeout: 300_000 }, async () => {
    stack = await startLocalStack();
    const user = { baseUrl: stack.url, dataDirectory: stack.dataDirectory };
    const [busy, quiet] = await Promise.all([apiClient(user), apiClient(user)]);
    await new Faults(stack.parts).add({
      service: "speech",
      match: { voice: BUSY_VOICE },
      action: { kind: "latency", latencyMs: LATENCY_MS },
      times: BUSY_ITEMS,
    });

    const { id } = await sendBatch(busy, {
      items: manyItems(BUSY_ITEMS),
      defaults: { voice: BUSY_VOICE },
    });
    await until(
      () => readBatch(busy, id),
      ({ counts }) => (counts["succeeded"] ?? 0) > 0,
      DEADLINE_MS,
    );
    const small = await sendBatch(quiet, { items: manyItems(5) });
    const ended = await endedBatch(quiet, small.id, DEADLINE_MS);
    const spoken = await quiet.postJson("/api/v1/synthesis/speak", {
      text: "A short text.",
      voice: BATCH_VOICE,
      cache: "bypass",
      store: false,
    });
    await spoken.arrayBuffer();
    const { status, counts } = await readBatch(busy, id);

    expect(ended).toMatchObject({ status: "completed", counts: { succeeded: 5 } });
    expect(spoken.status).toBe(200);
    expect(status).toBe("running");
    expect(counts["failed"]).toBe(0);
    expect(counts["pending"]).toBeGreaterThan(BUSY_ITEMS / 2);
  });
});
