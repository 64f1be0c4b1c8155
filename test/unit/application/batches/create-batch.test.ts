import { beforeEach, describe, expect, it } from "vitest";
import { itemsFile } from "../../../../src/application/batches/batch-files.ts";
import { BATCHES } from "../../../../src/application/batches/batch-ref.ts";
import { makeCreateBatch, type NewBatch } from "../../../../src/application/batches/create-batch.ts";
import { readItems } from "../../../../src/application/batches/items-file.ts";
import { makeResumeBatches } from "../../../../src/application/batches/resume-batches.ts";
import type { Versioned } from "../../../../src/application/ports/documents.ts";
import type { Batch } from "../../../../src/domain/batch/batch.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { parseBatch } from "../../../../src/http/batches/batch-body.ts";
import { CountingIds } from "../../../support/counting-ids.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { principalWith } from "../../../support/principals.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";

const owner = principalWith(["Voice.User"]);
const REF = { ownerId: owner.id, batchId: "batch_FILE" };

/** Does not see what another caller stores a moment later. */
class LateDocuments extends MemoryDocuments<Batch> {
  meanwhile: (() => Promise<unknown>) | undefined;
  createFailure: Error | undefined;

  override async create(document: Batch): Promise<Versioned<Batch>> {
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    const created = await super.create(document);
    if (this.createFailure !== undefined) {
      throw this.createFailure;
    }
    return created;
  }
}

function batchOf(text: string): NewBatch {
  return parseBatch({ items: [{ id: "one", text, voice: "en-US-AvaNeural" }] });
}

function dropped(text = "One."): NewBatch {
  return { ...batchOf(text), id: REF.batchId };
}

describe("a new batch", () => {
  let clock: ManualClock;
  let blobs: MemoryBlobs;
  let batches: LateDocuments;
  let orchestrations: RecordingOrchestrations;

  const ports = () => ({
    batches,
    blobs,
    orchestrations,
    clock,
    ids: new CountingIds(),
    logger: recordingLogger(),
    batchConcurrency: 2,
    assertWebhookTarget: (url: string) => {
      throw new ServiceError("webhook-target-refused", url);
    },
  });
  const create = (batch: NewBatch) => makeCreateBatch(ports())(owner, batch);
  const texts = async (batch: Batch) =>
    (await readItems(blobs, batch, 0)).map(({ request }) => request.content.value);

  beforeEach(() => {
    clock = new ManualClock();
    blobs = new MemoryBlobs();
    batches = new LateDocuments(BATCHES, clock);
    orchestrations = new RecordingOrchestrations();
  });

  it("that somebody else stores at the same time is theirs, and its items stay whole", async () => {
    batches.meanwhile = () => create(dropped("Another one, and longer."));

    const loser = await create(dropped("One."));
    const stored = await batches.read(REF.ownerId, REF.batchId);

    expect(loser).toEqual(stored);
    expect(await texts(loser)).toEqual(["One."]);
    expect(new Set(orchestrations.started.map(({ instanceId }) => instanceId))).toEqual(
      new Set(["batch_FILE-run-1"]),
    );
  });

  it("stays when its start fails, and is started later", async () => {
    orchestrations.failure = new ServiceError("store-unavailable", "Durable is down.");

    const batch = await create(batchOf("One."));
    orchestrations.failure = undefined;
    clock.advance(120);
    const resumed = await makeResumeBatches(ports())();

    expect(batch.status).toBe("pending");
    expect(await texts(batch)).toEqual(["One."]);
    expect(resumed).toEqual({ resumed: 1 });
    expect(orchestrations.started).toMatchObject([{ instanceId: `${batch.id}-run-1` }]);
  });

  it("that has been stored after all leaves nothing when its sender hears of a failure", async () => {
    batches.createFailure = new ServiceError("store-unavailable", "The answer got lost.");

    await expect(create(batchOf("One."))).rejects.toMatchObject({ code: "store-unavailable" });

    expect(await batches.read(owner.id, "batch_1")).toBeUndefined();
    expect(await blobs.properties(itemsFile({ ownerId: owner.id, batchId: "batch_1" }))).toBeUndefined();
  });

  it("with an id keeps what is stored when a store fails, so that sending it again finds it", async () => {
    batches.createFailure = new ServiceError("store-unavailable", "The answer got lost.");
    await expect(create(dropped())).rejects.toMatchObject({ code: "store-unavailable" });

    batches.createFailure = undefined;
    const again = await create(dropped());

    expect(await texts(again)).toEqual(["One."]);
    expect(orchestrations.started).toMatchObject([{ instanceId: "batch_FILE-run-1" }]);
  });

  it("is refused before anything is stored when its webhook may not be called", async () => {
    const attempt = create({ ...batchOf("One."), notifyUrl: "https://10.0.0.1/hook" });

    await expect(attempt).rejects.toMatchObject({ code: "webhook-target-refused" });
    expect((await batches.query({ limit: 10 })).items).toEqual([]);
    expect((await blobs.list("batches", { prefix: "", limit: 10 })).items).toEqual([]);
  });
});
