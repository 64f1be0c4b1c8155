import { describe, expect, it } from "vitest";
import { makeAzureBatchActivities } from "../../../src/application/azure-batches/azure-batch-activities.ts";
import { BATCHES } from "../../../src/application/batches/batch-ref.ts";
import { BatchWatches } from "../../../src/application/batches/batch-watches.ts";
import { PageStates } from "../../../src/application/batches/page-states.ts";
import type { BatchItemState } from "../../../src/domain/batch/batch-item.ts";
import type { Batch } from "../../../src/domain/batch/batch.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { runAzureChunkOrchestration } from "../../../src/orchestrations/run-azure-batch.ts";
import { BATCH_REF, storedBatch } from "../../support/batch-fixture.ts";
import { AVA } from "../../support/catalog-voice.ts";
import { runOrchestrator } from "../../support/durable/run-orchestrator.ts";
import { MemoryBatchSynthesis } from "../../support/memory-batch-synthesis.ts";
import { MemoryDocuments } from "../../support/memory-documents.ts";
import { recordingSynthesizer } from "../../support/recording-synthesizer.ts";
import { speakingWith } from "../../support/speaking.ts";

const ITEMS = [
  { id: "one", text: "The first." },
  { id: "bad", text: "This is refused." },
  { id: "other", text: "In another format.", format: "mulaw" },
  { id: "three", text: "The third." },
];

async function setUp(items: readonly object[] = ITEMS) {
  const { blobs, prepare, keeper, ids, usage, metrics, clock } = speakingWith(recordingSynthesizer(() => []));
  const batches = new MemoryDocuments<Batch>(BATCHES, clock);
  const body = { mode: "azure-batch", items, defaults: { voice: AVA.voiceName, format: "wav" } };
  const batch = await storedBatch(blobs, body);
  await batches.create(batch);
  const pageStates = new PageStates(blobs);
  const azure = new MemoryBatchSynthesis();
  const activities = makeAzureBatchActivities({
    batches,
    blobs,
    pageStates,
    prepare,
    keeper,
    ids,
    metrics,
    batchSynthesis: azure,
    watches: new BatchWatches(batches, 60_000),
    beginBatch: async () => ({ pages: [0] }),
  });
  const run = (onTimer?: (raise: (name: string) => void) => void, number = 1) =>
    runOrchestrator(runAzureChunkOrchestration, {
      input: { ...BATCH_REF, run: number, lanes: 1, itemsAtOnce: 2, chunk: 0, pages: [0] },
      activities: { ...activities },
      ...(onTimer && { onTimer }),
    });
  const states = async (): Promise<readonly BatchItemState[]> =>
    (await pageStates.read(BATCH_REF, 0))?.items ?? [];
  return { azure, run, states, blobs, usage, batches, batch };
}

function unavailable(): never {
  throw new ServiceError("speech-unavailable", "It is down.");
}

const ENDED = ["succeeded", "failed", "succeeded", "succeeded"];

describe("a chunk of a batch at Azure", () => {
  it("is spoken by one job for each format, copied, counted once, and forgotten at Azure", async () => {
    const { azure, run, states, usage } = await setUp();

    const output = await run();

    const items = await states();
    expect(output).toEqual({ failure: null });
    expect(items.map(({ status }) => status)).toEqual(ENDED);
    expect(items[1]?.error).toEqual({
      code: "azure-batch-refused",
      message: expect.stringContaining("It says no."),
    });
    expect(azure.made.map(({ id, documents }) => [id, documents.length])).toEqual([
      ["batch_1-1-0-1-0", 3],
      ["batch_1-1-0-1-1", 1],
    ]);
    expect([...azure.jobs.keys()]).toEqual([]);
    const { items: used } = await usage.query({ limit: 10 });
    expect(used).toMatchObject([{ requests: 4 }]);
  });

  it("has every document spoken once when any one call fails once", async () => {
    const first = await setUp();
    await first.run();

    expect(first.azure.calls.length).toBeGreaterThan(6);
    for (const failing of first.azure.calls.keys()) {
      const { azure, run, states } = await setUp();
      azure.onCall = (_call, index) => (index === failing ? unavailable() : undefined);

      await run();

      expect([first.azure.calls[failing], (await states()).map(({ status }) => status)]).toEqual([
        first.azure.calls[failing],
        ENDED,
      ]);
      expect(azure.made).toHaveLength(2);
      expect([...azure.jobs.keys()]).toEqual([]);
    }
  });

  it("fails its items, and not the batch, when Azure cannot be asked for a job to the end", async () => {
    const { azure, run, states } = await setUp();
    azure.onCall = (call) => (call.startsWith("create") ? unavailable() : undefined);

    const output = await run();

    const items = await states();
    expect(output).toEqual({ failure: null });
    expect(items.map(({ status }) => status)).toEqual(["failed", "failed", "failed", "failed"]);
    expect(items.map(({ error }) => error?.code)).toEqual(Array(4).fill("speech-unavailable"));
    expect(items[0]?.attempts).toBe(8);
  });

  it("asks for another job when one has failed for a reason that may pass", async () => {
    const { azure, run, states } = await setUp([{ id: "one", text: "The first." }]);
    azure.end = { state: "failed", reason: "InternalServerError: oops", isTransient: true };
    azure.onCall = (call) => {
      if (call.includes("-0-3-")) {
        azure.end = { state: "succeeded" };
      }
    };

    await run();

    expect(azure.made.map(({ id }) => id)).toEqual(["batch_1-1-0-1-0", "batch_1-1-0-2-0", "batch_1-1-0-3-0"]);
    expect(await states()).toMatchObject([{ status: "succeeded", attempts: 3, error: null }]);
  });

  it("fails the items of a job that Azure refuses, without asking again", async () => {
    const { azure, run, states } = await setUp();
    azure.onCall = (call) => {
      if (call === "create batch_1-1-0-1-0") {
        throw new ServiceError("azure-batch-refused", "Not this one.");
      }
    };

    await run();

    expect((await states()).map(({ status, error }) => [status, error?.message])).toEqual([
      ["failed", "Not this one."],
      ["failed", "Not this one."],
      ["succeeded", undefined],
      ["failed", "Not this one."],
    ]);
    expect(azure.made).toHaveLength(1);
  });

  it("leaves no job at Azure when it is canceled", async () => {
    const { azure, run, states } = await setUp();

    const output = await run((raise) => raise("cancel"));

    expect(output).toEqual({ failure: null });
    expect(azure.made).toHaveLength(2);
    expect([...azure.jobs.keys()]).toEqual([]);
    expect((await states()).some(({ status }) => status === "succeeded")).toBe(false);
  });

  it("starts no job once its batch is stopped", async () => {
    const { azure, run, batches, batch } = await setUp();
    await batches.upsert({ ...batch, status: "canceling" });

    await run();

    expect(azure.made).toEqual([]);
  });

  it("speaks in a new run only what has no result", async () => {
    const { azure, run, states, batches, batch } = await setUp();
    await run();
    azure.made.length = 0;

    await batches.upsert({ ...batch, run: 2 });
    await run(undefined, 2);

    expect(azure.made.map(({ id, documents }) => [id, documents.length])).toEqual([["batch_1-2-0-1-0", 1]]);
    expect((await states()).map(({ attempts }) => attempts)).toEqual([1, 2, 1, 1]);
  });

  it("goes on with what was planned when a run is started again", async () => {
    const { azure, run, states } = await setUp();
    await run();

    await run();

    expect(azure.made).toHaveLength(2);
    expect((await states()).map(({ status }) => status)).toEqual(ENDED);
  });
});
