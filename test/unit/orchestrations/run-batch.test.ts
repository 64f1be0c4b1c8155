import { describe, expect, it } from "vitest";
import { BATCHES } from "../../../src/application/batches/batch-ref.ts";
import { BatchWatches } from "../../../src/application/batches/batch-watches.ts";
import { PageSlices } from "../../../src/application/batches/page-slices.ts";
import { PageStates } from "../../../src/application/batches/page-states.ts";
import { makeRunBatchPage } from "../../../src/application/batches/run-batch-page.ts";
import type { SpeakRequest } from "../../../src/application/synthesis/speak-request.ts";
import type { Speak } from "../../../src/application/synthesis/speak.ts";
import { countsOf } from "../../../src/domain/batch/batch-counts.ts";
import type { Batch } from "../../../src/domain/batch/batch.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { runBatchLaneOrchestration } from "../../../src/orchestrations/run-batch.ts";
import { BATCH_REF, storedBatch } from "../../support/batch-fixture.ts";
import { runOrchestrator } from "../../support/durable/run-orchestrator.ts";
import { MemoryBlobs } from "../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../support/memory-documents.ts";
import { RecordingMetrics } from "../../support/recording-metrics.ts";

const ITEMS = 120;
const PAGES = [0, 1, 2];

/** A lane over three pages, before a service that is down for the first `outageMs`. */
async function setUp(outageMs: number) {
  const blobs = new MemoryBlobs();
  const batches = new MemoryDocuments<Batch>(BATCHES);
  const items = Array.from({ length: ITEMS }, (_, index) => ({
    id: `item-${index}`,
    text: `Item ${index}.`,
    voice: "en-US-AvaNeural",
  }));
  const batch = await storedBatch(blobs, { items });
  const pageStates = new PageStates(blobs);
  const spoken: string[] = [];
  let elapsedMs = 0;
  let asked = 0;
  const speak = (async (_principal: unknown, { content }: SpeakRequest) => {
    asked += 1;
    if (elapsedMs < outageMs) {
      throw new ServiceError("speech-unavailable", "It is down.");
    }
    spoken.push(content.value);
    return {
      audio: new Uint8Array([1]),
      durationMs: 10,
      words: [],
      prepared: { characters: 1, format: { contentType: "audio/mpeg" } },
      kept: Promise.resolve([]),
    };
  }) as unknown as Speak;
  const runBatchPage = makeRunBatchPage({
    batches,
    blobs,
    openSpeak: () => speak,
    gate: { enter: async () => () => undefined },
    pageStates,
    pageSlices: new PageSlices(() => elapsedMs),
    metrics: new RecordingMetrics(),
    watches: new BatchWatches(batches, 60_000),
  });
  const run = async (number = 1) => {
    await batches.upsert({ ...batch, run: number });
    return runOrchestrator(runBatchLaneOrchestration, {
      input: { ...BATCH_REF, run: number, lanes: 1, itemsAtOnce: 5, pages: PAGES },
      activities: { runBatchPage },
      onPassed: (passedMs) => {
        elapsedMs += passedMs;
      },
    });
  };
  const counts = async () => {
    const pages = await Promise.all(PAGES.map((page) => pageStates.read(BATCH_REF, page)));
    return countsOf(pages.flatMap((page) => page?.items ?? []));
  };
  return { run, counts, spoken, asked: () => asked, elapsedMs: () => elapsedMs };
}

describe("the items of a batch before a service that is down", () => {
  it("all succeed, each spoken once, when it is down for a minute", async () => {
    const { run, counts, spoken, elapsedMs } = await setUp(60_000);

    const output = await run();

    expect(output).toEqual({ failure: null });
    expect(await counts()).toMatchObject({ total: ITEMS, succeeded: ITEMS, failed: 0 });
    expect(new Set(spoken).size).toBe(spoken.length);
    expect(elapsedMs()).toBe(60_000);
  });

  it("ask it for little more than the first ones while it is down", async () => {
    const { run, asked } = await setUp(60_000);

    await run();

    expect(asked() - ITEMS).toBeLessThanOrEqual(5 * 15);
  });

  it("fail page by page after two minutes each, and the run ends by itself", async () => {
    const { run, counts, elapsedMs } = await setUp(Infinity);

    const output = await run();

    expect(output).toEqual({ failure: null });
    expect(await counts()).toMatchObject({ total: ITEMS, succeeded: 0, failed: ITEMS });
    expect(elapsedMs()).toBe(PAGES.length * 120_000);
  });

  it("fail only where the outage outlasts their page, and are spoken by a retry", async () => {
    const { run, counts, spoken } = await setUp(150_000);

    await run();
    const before = await counts();
    await run(2);

    expect(before).toMatchObject({ succeeded: 70, failed: 50 });
    expect(await counts()).toMatchObject({ succeeded: ITEMS, failed: 0 });
    expect(new Set(spoken).size).toBe(ITEMS);
    expect(spoken).toHaveLength(ITEMS);
  });
});
