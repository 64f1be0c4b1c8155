import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BATCHES } from "../../../../src/application/batches/batch-ref.ts";
import { BatchWatches } from "../../../../src/application/batches/batch-watches.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { storedBatch } from "../../../support/batch-fixture.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";

const INTERVAL_MS = 300;

let batches: MemoryDocuments<Batch>;
let batch: Batch;
let watches: BatchWatches;
let reads: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  batches = new MemoryDocuments<Batch>(BATCHES);
  batch = await storedBatch(new MemoryBlobs(), { items: [{ text: "One.", voice: "en-US-AvaNeural" }] });
  await batches.create(batch);
  reads = 0;
  const read = batches.read.bind(batches);
  batches.read = async (partition, id) => {
    reads += 1;
    return read(partition, id);
  };
  watches = new BatchWatches(batches, INTERVAL_MS);
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the pages of a run that is stopped", () => {
  it("all learn of it at the same moment, by one look at the batch", async () => {
    const pages = [watches.begin(batch), watches.begin(batch), watches.begin(batch)];
    const knownAtFirst: boolean[] = [];
    pages[0]?.signal.addEventListener("abort", () => {
      knownAtFirst.push(...pages.map(({ signal }) => signal.aborted));
    });

    await batches.upsert({ ...batch, status: "canceling" });
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);

    expect(knownAtFirst).toEqual([true, true, true]);
    expect(reads).toBe(1);
  });

  it("learn of it also where another page has ended meanwhile", async () => {
    const [ended, other] = [watches.begin(batch), watches.begin(batch)];
    ended.end();
    ended.end();

    await batches.upsert({ ...batch, run: 2 });
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);

    expect(other.signal.aborted).toBe(true);
  });
});

describe("a run that goes on", () => {
  it("is left alone, also while the store is down, and no longer looked at when its last page has ended", async () => {
    const page = watches.begin(batch);

    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    batches.failure = new Error("The store is down.");
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    page.end();
    await vi.advanceTimersByTimeAsync(10 * INTERVAL_MS);

    expect(page.signal.aborted).toBe(false);
    expect(reads).toBe(2);
  });
});
