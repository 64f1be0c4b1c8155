import type { Principal } from "../../domain/access/principal.ts";
import type { Batch, BatchOutput } from "../../domain/batch/batch.ts";
import { allPending } from "../../domain/batch/batch-counts.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Ids } from "../ports/ids.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { itemsFile } from "./batch-files.ts";
import type { BatchCollection } from "./batch-ref.ts";
import { startRun } from "./batch-run.ts";
import { type BatchItem, writeItems } from "./items-file.ts";

/** A batch that was checked: its ids are different, and there are 1 to 10,000 items. */
export interface NewBatch {
  readonly items: readonly BatchItem[];
  readonly output: BatchOutput;
  readonly notifyUrl: string | null;
}

export interface CreateBatchPorts {
  readonly batches: BatchCollection;
  readonly blobs: BlobStore;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Items of one batch that are spoken at once. */
  readonly batchConcurrency: number;
}

/** Stores the items and starts to speak them. */
export type CreateBatch = (principal: Principal, batch: NewBatch) => Promise<Versioned<Batch>>;

export function makeCreateBatch(ports: CreateBatchPorts): CreateBatch {
  return async (principal, { items, output, notifyUrl }) => {
    const ref = { batchId: ports.ids.next("batch"), ownerId: principal.id };
    const pageOffsets = await writeItems(ports.blobs, ref, items);
    const now = ports.clock.now().toISOString();
    try {
      const created = await ports.batches.create({
        id: ref.batchId,
        partition: ref.ownerId,
        createdAt: now,
        updatedAt: now,
        status: "pending",
        principal: snapshotOf(principal),
        itemCount: items.length,
        pageOffsets,
        output,
        notifyUrl,
        run: 1,
        counts: allPending(items.length),
        startedAt: null,
        finishedAt: null,
        error: null,
      });
      await startRun(ports, created);
      return created;
    } catch (error) {
      await Promise.allSettled([
        ports.blobs.delete(itemsFile(ref)),
        ports.batches.delete(ref.ownerId, ref.batchId),
      ]);
      throw error;
    }
  };
}

function snapshotOf({ kind, tenantId, roles, permissions }: Principal): Batch["principal"] {
  return { kind, tenantId, roles, permissions: [...permissions] };
}
