import type { Principal } from "../../domain/access/principal.ts";
import type { Batch, BatchMode, BatchOutput } from "../../domain/batch/batch.ts";
import { allPending } from "../../domain/batch/batch-counts.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Ids } from "../ports/ids.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { itemsFile } from "./batch-files.ts";
import type { BatchCollection, BatchRef } from "./batch-ref.ts";
import { startRun } from "./batch-run.ts";
import { type BatchItem, writeItems } from "./items-file.ts";

/** A batch that was checked: its ids are different, and there are 1 to 10,000 items. */
export interface NewBatch {
  readonly items: readonly BatchItem[];
  readonly mode: BatchMode;
  readonly output: BatchOutput;
  readonly notifyUrl: string | null;
  /** Sending a batch with the same id again changes nothing. Default: a new one. */
  readonly id?: string;
  /** Default: none. */
  readonly source?: string;
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
  return async (principal, batch) => {
    const ref = { batchId: batch.id ?? ports.ids.next("batch"), ownerId: principal.id };
    const known = batch.id === undefined ? undefined : await ports.batches.read(ref.ownerId, ref.batchId);
    if (known !== undefined) {
      await startPending(ports, known);
      return known;
    }
    const pageOffsets = await writeItems(ports.blobs, ref, batch.items);
    try {
      const created = await ports.batches.create(newBatch(ports, { ref, principal, batch, pageOffsets }));
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

/** Whoever made it may have ended before it was started. */
async function startPending(ports: CreateBatchPorts, batch: Batch): Promise<void> {
  if (batch.status === "pending") {
    await startRun(ports, batch);
  }
}

function newBatch(
  { clock }: CreateBatchPorts,
  making: {
    readonly ref: BatchRef;
    readonly principal: Principal;
    readonly batch: NewBatch;
    readonly pageOffsets: readonly number[];
  },
): Batch {
  const { ref, principal, batch, pageOffsets } = making;
  const now = clock.now().toISOString();
  return {
    id: ref.batchId,
    partition: ref.ownerId,
    createdAt: now,
    updatedAt: now,
    status: "pending",
    principal: snapshotOf(principal),
    itemCount: batch.items.length,
    pageOffsets,
    mode: batch.mode,
    output: batch.output,
    notifyUrl: batch.notifyUrl,
    source: batch.source ?? null,
    run: 1,
    counts: allPending(batch.items.length),
    startedAt: null,
    finishedAt: null,
    error: null,
  };
}

function snapshotOf({ kind, tenantId, roles, permissions }: Principal): Batch["principal"] {
  return { kind, tenantId, roles, permissions: [...permissions] };
}
