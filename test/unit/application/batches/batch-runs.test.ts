import { beforeEach, describe, expect, it } from "vitest";
import { makeBatchActivities } from "../../../../src/application/batches/batch-activities.ts";
import { BATCHES } from "../../../../src/application/batches/batch-ref.ts";
import { BatchWatches } from "../../../../src/application/batches/batch-watches.ts";
import { makeRetryBatch } from "../../../../src/application/batches/change-batch.ts";
import { PageSlices } from "../../../../src/application/batches/page-slices.ts";
import { PageStates } from "../../../../src/application/batches/page-states.ts";
import { makeResumeBatches } from "../../../../src/application/batches/resume-batches.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { pendingItem } from "../../../../src/domain/batch/batch-item.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { BATCH_REF, storedBatch } from "../../../support/batch-fixture.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { principalWith } from "../../../support/principals.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";

const FIRST_RUN = { ...BATCH_REF, run: 1 };
const SECOND_RUN = { ...BATCH_REF, run: 2 };
const OWNER = { ...principalWith(["Voice.User"]), id: BATCH_REF.ownerId };

let batches: MemoryDocuments<Batch>;
let orchestrations: RecordingOrchestrations;
let clock: ManualClock;
let blobs: MemoryBlobs;
/** Run and status of each end that was told. */
let told: string[];

const batch = async () => batches.read(BATCH_REF.ownerId, BATCH_REF.batchId);
const retry = () =>
  makeRetryBatch({ batches, orchestrations, clock, batchConcurrency: 4 })(OWNER, BATCH_REF.batchId);
const resume = () =>
  makeResumeBatches({ batches, orchestrations, clock, logger: recordingLogger(), batchConcurrency: 4 })();
const activities = () =>
  makeBatchActivities({
    batches,
    blobs,
    orchestrations,
    clock,
    pageStates: new PageStates(blobs),
    pageSlices: new PageSlices(() => 0),
    metrics: new RecordingMetrics(),
    openSpeak: () => () => Promise.reject(new Error("Nothing is spoken here.")),
    gate: { enter: async () => () => undefined },
    watches: new BatchWatches(batches, 60_000),
    notifyBatchEnded: async ({ run, status }) => void told.push(`${run} ${status}`),
  });

beforeEach(async () => {
  clock = new ManualClock(new Date("2026-01-01T00:05:00.000Z"));
  blobs = new MemoryBlobs(clock);
  batches = new MemoryDocuments<Batch>(BATCHES, clock);
  orchestrations = new RecordingOrchestrations();
  told = [];
  await batches.create(await storedBatch(blobs, { items: [{ text: "One.", voice: "en-US-AvaNeural" }] }));
  const failed = { ...pendingItem("item-1"), status: "failed" } as const;
  await new PageStates(blobs).write(BATCH_REF, 0, { run: 1, items: [failed] });
});

describe("a batch that is run once more", () => {
  it("is not ended by a repetition of the end of the run before", async () => {
    await activities().finishBatch({ ...FIRST_RUN, failure: null });
    await retry();
    await activities().finishBatch({ ...FIRST_RUN, failure: null });

    expect(await batch()).toMatchObject({ status: "pending", run: 2, finishedAt: null });
    expect(told).toEqual(["1 failed"]);
    expect(await activities().beginBatch(SECOND_RUN)).toEqual({ pages: [0] });
  });

  it("is not begun by the run before, when that is started late", async () => {
    await activities().finishBatch({ ...FIRST_RUN, failure: null });
    await retry();

    expect(await activities().beginBatch(FIRST_RUN)).toEqual({ pages: [] });
    expect(await batch()).toMatchObject({ status: "pending", run: 2 });
  });
});

describe("a batch whose run has died", () => {
  it("is run again, unless it is at work or was made just now", async () => {
    const [stored] = (await batches.query({ limit: 1 })).items;
    await batches.create({ ...(stored as Batch), id: "batch_2" });
    orchestrations.statuses.set("batch_2-run-1", { state: "running", customStatus: null, output: null });
    await batches.create({ ...(stored as Batch), id: "batch_3", updatedAt: clock.now().toISOString() });

    expect(await resume()).toEqual({ resumed: 1 });
    expect(orchestrations.started.map(({ instanceId }) => instanceId)).toEqual(["batch_1-run-1"]);
  });

  it("is run again although another one cannot be looked at", async () => {
    const [stored] = (await batches.query({ limit: 1 })).items;
    await batches.create({ ...(stored as Batch), id: "batch_2" });
    const status = orchestrations.status.bind(orchestrations);
    orchestrations.status = async (instanceId) => {
      if (instanceId === "batch_2-run-1") {
        throw new ServiceError("store-unavailable", "No answer.");
      }
      return status(instanceId);
    };

    expect(await resume()).toEqual({ resumed: 1 });
    expect(orchestrations.started.map(({ instanceId }) => instanceId)).toEqual(["batch_1-run-1"]);
  });
});
