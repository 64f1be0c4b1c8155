import { beforeEach, describe, expect, it } from "vitest";
import { LiveCounts } from "../../../../src/application/batches/live-counts.ts";
import { PageStates } from "../../../../src/application/batches/page-states.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { type BatchItemStatus, pendingItem } from "../../../../src/domain/batch/batch-item.ts";
import { BATCH_REF, storedBatch } from "../../../support/batch-fixture.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";

const MAX_AGE_SECONDS = 0.25;

let blobs: MemoryBlobs;
let clock: ManualClock;
let pageStates: PageStates;
let liveCounts: LiveCounts;
let batch: Batch;

beforeEach(async () => {
  clock = new ManualClock();
  blobs = new MemoryBlobs(clock);
  pageStates = new PageStates(blobs);
  liveCounts = new LiveCounts(pageStates, clock);
  batch = await storedBatch(blobs, { items: [{ text: "One.", voice: "en-US-AvaNeural" }] });
});

async function theItemIs(status: BatchItemStatus): Promise<void> {
  await pageStates.write(BATCH_REF, 0, { run: 1, items: [{ ...pendingItem("item-1"), status }] });
}

describe("the progress of a batch under way", () => {
  it("is looked up once for all who ask within a quarter of a second", async () => {
    const before = await liveCounts.of(batch);
    await theItemIs("succeeded");

    const soon = await liveCounts.of(batch);
    clock.advance(MAX_AGE_SECONDS);
    const later = await liveCounts.of(batch);

    expect([before, soon, later].map(({ succeeded }) => succeeded)).toEqual([0, 0, 1]);
  });

  it("is looked up for each batch by itself", async () => {
    await liveCounts.of({ ...batch, id: "batch_2" });
    await theItemIs("succeeded");

    expect(await liveCounts.of(batch)).toMatchObject({ total: 1, succeeded: 1 });
  });

  it("counts what waits as canceled from the moment on in which the batch is", async () => {
    await liveCounts.of(batch);

    expect(await liveCounts.of({ ...batch, status: "canceled" })).toMatchObject({ pending: 0, canceled: 1 });
  });

  it("is looked up anew after a failure of the store", async () => {
    blobs.failure = new Error("The store is down.");
    await expect(liveCounts.of(batch)).rejects.toThrow("The store is down.");
    blobs.failure = undefined;

    expect(await liveCounts.of(batch)).toMatchObject({ total: 1, pending: 1 });
  });
});
