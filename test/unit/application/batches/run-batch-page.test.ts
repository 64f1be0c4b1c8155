import { beforeEach, describe, expect, it } from "vitest";
import { PageSlices } from "../../../../src/application/batches/page-slices.ts";
import { PageStates } from "../../../../src/application/batches/page-states.ts";
import { BATCHES } from "../../../../src/application/batches/batch-ref.ts";
import { BatchWatches } from "../../../../src/application/batches/batch-watches.ts";
import { makeRunBatchPage } from "../../../../src/application/batches/run-batch-page.ts";
import type { SpeakRequest } from "../../../../src/application/synthesis/speak-request.ts";
import type { Speak } from "../../../../src/application/synthesis/speak.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { countsOf } from "../../../../src/domain/batch/batch-counts.ts";
import type { ErrorCode } from "../../../../src/domain/errors/catalog.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { BATCH_REF, storedBatch } from "../../../support/batch-fixture.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";

const ref = BATCH_REF;
const page = { ...ref, page: 0, run: 1, itemsAtOnce: 2, isLast: false };

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a page of a batch", () => {
  let blobs: MemoryBlobs;
  let batch: Batch;
  let batches: MemoryDocuments<Batch>;
  let spoken: string[];
  let failures: Map<string, ErrorCode>;
  let pageSlices: PageSlices;
  let nowMs: number;
  let audioBytes: number;
  /** At the gate. */
  let turns: { entered: number; left: number };

  const gate = {
    async enter() {
      turns.entered += 1;
      return () => {
        turns.left += 1;
      };
    },
  };

  const speak = (async (_principal: unknown, { content }: SpeakRequest) => {
    const failure = failures.get(content.value);
    if (failure !== undefined) {
      throw new ServiceError(failure, "It failed.");
    }
    spoken.push(content.value);
    nowMs += 2_000;
    return {
      audio: new Uint8Array(audioBytes),
      durationMs: 10,
      words: [],
      prepared: { characters: 1, format: { contentType: "audio/mpeg" } },
      kept: Promise.resolve([]),
    };
  }) as unknown as Speak;

  const run = (input = page) =>
    makeRunBatchPage({
      batches,
      blobs,
      openSpeak: () => speak,
      gate,
      pageStates: new PageStates(blobs),
      pageSlices,
      metrics: new RecordingMetrics(),
      watches: new BatchWatches(batches, 60_000),
    })(input);

  const counts = async () => countsOf((await new PageStates(blobs).read(ref, 0))?.items ?? []);

  beforeEach(async () => {
    blobs = new MemoryBlobs();
    batches = new MemoryDocuments<Batch>(BATCHES);
    spoken = [];
    failures = new Map();
    nowMs = 0;
    audioBytes = 1;
    turns = { entered: 0, left: 0 };
    pageSlices = new PageSlices(() => nowMs);
    batch = await storedBatch(blobs, {
      items: ["one", "two", "three", "four"].map((text) => ({ id: text, text, voice: "en-US-AvaNeural" })),
    });
    await batches.create(batch);
  });

  it("is spoken once, however often it is run", async () => {
    const outcomes = [await run(), await run()];

    expect(outcomes).toEqual([{ outcome: "done" }, { outcome: "done" }]);
    expect(spoken.toSorted()).toEqual(["four", "one", "three", "two"]);
  });

  it("finds results that its state does not know of, because the host died in between", async () => {
    await run();
    const state = await new PageStates(blobs).read(ref, 0);
    const items = (state?.items ?? []).map((item) => ({
      ...item,
      status: "running" as const,
      blobName: null,
    }));
    await new PageStates(blobs).write(ref, 0, { run: 1, items });

    await run();

    expect(spoken).toHaveLength(4);
    expect(await counts()).toMatchObject({ succeeded: 4, running: 0 });
  });

  it("leaves what may pass for another pass, and fails it in the last one", async () => {
    failures = new Map([["two", "speech-unavailable"]]);

    const first = await run();
    const pending = await counts();
    const last = await run({ ...page, isLast: true });

    expect([first, last]).toEqual([{ outcome: "again" }, { outcome: "done" }]);
    expect(pending).toMatchObject({ succeeded: 3, pending: 1 });
    expect(await counts()).toMatchObject({ succeeded: 3, failed: 1 });
  });

  it("fails at once what repeating cannot mend, and takes it up again in a new run", async () => {
    failures = new Map([["two", "voice-not-found"]]);
    await run();
    const failed = await counts();
    failures = new Map();

    await batches.upsert({ ...batch, run: 2 });
    await run({ ...page, run: 2 });

    expect(failed).toMatchObject({ succeeded: 3, failed: 1 });
    expect(await counts()).toMatchObject({ succeeded: 4, failed: 0 });
    expect(spoken).toHaveLength(4);
  });

  it("gives way in the middle when many pages are at work, and goes on from there", async () => {
    for (let others = 0; others < 12; others += 1) {
      pageSlices.begin();
    }

    const first = await run();
    const between = await counts();
    const second = await run();

    expect([first, second]).toEqual([{ outcome: "more" }, { outcome: "done" }]);
    expect(between).toMatchObject({ succeeded: 2, pending: 2 });
    expect(spoken).toHaveLength(4);
  });

  it("does not give way where nobody waits", async () => {
    for (let others = 0; others < 11; others += 1) {
      pageSlices.begin();
    }

    expect(await run()).toEqual({ outcome: "done" });
  });

  it.each([
    { size: "small", bytes: 1024 * 1024, expected: { entered: 4, left: 4 } },
    { size: "large", bytes: 1024 * 1024 + 1, expected: { entered: 2, left: 0 } },
  ])("lets the next items in while $size audio is stored: $expected.left", async ({ bytes, expected }) => {
    audioBytes = bytes;
    const { promise: mayStore, resolve: store } = Promise.withResolvers<void>();
    const write = blobs.write.bind(blobs);
    blobs.write = async (to, ...rest) => {
      await (to.container === "results" ? mayStore : undefined);
      return write(to, ...rest);
    };

    const running = run();
    for (let turn = 0; turn < 20; turn += 1) {
      await settled();
    }
    const whileStoring = { ...turns };
    store();
    await running;

    expect(whileStoring).toEqual(expected);
    expect(turns).toEqual({ entered: 4, left: 4 });
  });

  it("starts nothing once the batch is stopped", async () => {
    await batches.upsert({ ...batch, status: "canceling" });

    expect(await run()).toEqual({ outcome: "stopped" });
    expect(spoken).toEqual([]);
  });

  it("starts nothing for a run that another one has followed", async () => {
    await batches.upsert({ ...batch, run: 2 });

    expect(await run()).toEqual({ outcome: "stopped" });
    expect(spoken).toEqual([]);
  });
});
