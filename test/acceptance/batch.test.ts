import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { acceptanceClient } from "../support/acceptance-client.ts";
import type { ApiClient } from "../support/api-client.ts";
import { allItems, type BatchView, readBatch, sendBatch } from "../support/batch-api.ts";
import { until } from "../support/until.ts";
import { unzip } from "../support/unzip.ts";

const BATCHES = "/api/v1/synthesis/batch";
/** Seldom enough for the rate limit of a deployed app. */
const POLL_INTERVAL_MS = 300;

let api: ApiClient;

beforeAll(async () => {
  api = await acceptanceClient();
});

function ended(id: string): Promise<BatchView> {
  const ask = async (): Promise<BatchView> => {
    await delay(POLL_INTERVAL_MS);
    return readBatch(api, id);
  };
  return until(ask, ({ status }) => status !== "pending" && status !== "running");
}

describe("a batch", () => {
  it("is spoken, listed item by item, packed and deleted", async () => {
    const items = [
      { id: "hello", text: "Hello there." },
      { id: "nobody", text: "Nobody says this.", voice: "xx-XX-None" },
      { id: "bye", text: "Good bye." },
    ];

    const { id } = await sendBatch(api, { items });
    const batch = await ended(id);
    const listed = await allItems(api, id);
    const archive = await api.get(`${BATCHES}/${id}/archive`);
    const files = unzip(Buffer.from(await archive.arrayBuffer()));
    const deleted = await api.delete(`${BATCHES}/${id}`);
    await deleted.body?.cancel();

    expect(batch.counts).toMatchObject({ total: 3, succeeded: 2, failed: 1 });
    expect(listed).toMatchObject([
      { id: "hello", status: "succeeded", error: null },
      { id: "nobody", status: "failed", audioUrl: null, error: { code: expect.any(String) } },
      { id: "bye", status: "succeeded", error: null },
    ]);
    expect(listed[0]?.durationMs).toBeGreaterThan(200);
    expect(Object.keys(files).toSorted()).toEqual(["bye.mp3", "hello.mp3", "manifest.json"]);
    expect(JSON.parse(files["manifest.json"] ?? "")).toMatchObject({ id });
    expect(deleted.ok).toBe(true);
  });

  it("without an item is refused", async () => {
    const response = await api.postJson(BATCHES, { items: [] });

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: "request-invalid" });
  });
});
