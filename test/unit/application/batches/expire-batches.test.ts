import { beforeEach, describe, expect, it } from "vitest";
import { BATCHES } from "../../../../src/application/batches/batch-ref.ts";
import { makeExpireBatches } from "../../../../src/application/batches/expire-batches.ts";
import type { Batch, BatchStatus } from "../../../../src/domain/batch/batch.ts";
import { BATCH_REF, storedBatch } from "../../../support/batch-fixture.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";

const DAY_MS = 86_400_000;

describe("a batch whose time is over", () => {
  let clock: ManualClock;
  let batches: MemoryDocuments<Batch>;
  let started: string[];
  let template: Batch;

  const expire = (retentionDays = 30) =>
    makeExpireBatches({
      batches,
      clock,
      logger: recordingLogger(),
      retentionDays,
      batchConcurrency: 4,
      orchestrations: {
        start: async (name: string, instanceId: string) => void started.push(`${name} ${instanceId}`),
        raiseEvent: async () => undefined,
        terminate: async () => undefined,
        status: async () => undefined,
      },
    })();

  const store = (id: string, status: BatchStatus, ageDays: number) => {
    const updatedAt = new Date(clock.now().getTime() - ageDays * DAY_MS).toISOString();
    return batches.create({ ...template, id, status, createdAt: updatedAt, updatedAt });
  };
  const statusOf = async (id: string) => (await batches.read(BATCH_REF.ownerId, id))?.status;

  beforeEach(async () => {
    clock = new ManualClock();
    batches = new MemoryDocuments<Batch>(BATCHES, clock);
    started = [];
    template = await storedBatch(new MemoryBlobs(clock), {
      items: [{ text: "Hello.", voice: "en-US-AvaNeural" }],
    });
  });

  it.each(["completed", "completed-with-errors", "failed", "canceled"] as const)(
    "is removed when it is %s",
    async (status) => {
      await store("batch_old", status, 31);
      await store("batch_new", status, 29);

      expect(await expire()).toEqual({ expired: 1, resumed: 0 });
      expect(started).toEqual(["deleteBatchOrchestration batch_old-delete"]);
      expect([await statusOf("batch_old"), await statusOf("batch_new")]).toEqual(["deleting", status]);
    },
  );

  it.each(["pending", "running", "canceling"] as const)("stays while it is %s", async (status) => {
    await store("batch_old", status, 400);

    expect(await expire()).toEqual({ expired: 0, resumed: 0 });
    expect(started).toEqual([]);
  });

  it("is removed once, however often the timer comes", async () => {
    await store("batch_old", "completed", 31);

    await expire();
    await expire();

    expect(started).toHaveLength(1);
  });

  it("is removed again when its removal got lost", async () => {
    await store("batch_lost", "deleting", 1);

    expect(await expire()).toEqual({ expired: 0, resumed: 1 });
    expect(started).toEqual(["deleteBatchOrchestration batch_lost-delete"]);
  });

  it("stays for ever with a retention of 0", async () => {
    await store("batch_old", "completed", 4_000);

    expect(await expire(0)).toEqual({ expired: 0, resumed: 0 });
  });

  it("waits for the next look behind a hundred others", async () => {
    for (let index = 0; index < 120; index += 1) {
      await store(`batch_${index}`, "completed", 200 - index);
    }

    const first = await expire();
    const second = await expire();

    expect([first.expired, second.expired]).toEqual([100, 20]);
    expect(started[0]).toBe("deleteBatchOrchestration batch_0-delete");
  });
});
