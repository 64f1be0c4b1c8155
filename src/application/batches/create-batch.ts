import type { Principal } from "../../domain/access/principal.ts";
import type { Batch, BatchMode, BatchOutput } from "../../domain/batch/batch.ts";
import { allPending } from "../../domain/batch/batch-counts.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import { DocumentConflict, type Versioned } from "../ports/documents.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
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
  readonly logger: Logger;
  /** @throws {@link ServiceError} `webhook-target-refused` for a URL that no webhook may go to, as far as it tells. */
  readonly assertWebhookTarget: (url: string) => void;
  /** Items of one batch that are spoken at once. */
  readonly batchConcurrency: number;
}

/**
 * Stores the items and starts to speak them. Once the batch is stored it stays: a start that fails is made up for by
 * {@link makeResumeBatches}.
 *
 * @throws {@link ServiceError} `webhook-target-refused`.
 */
export type CreateBatch = (principal: Principal, batch: NewBatch) => Promise<Versioned<Batch>>;

export function makeCreateBatch(ports: CreateBatchPorts): CreateBatch {
  return async (principal, batch) => {
    if (batch.notifyUrl !== null) {
      ports.assertWebhookTarget(batch.notifyUrl);
    }
    const ref = { batchId: batch.id ?? ports.ids.next("batch"), ownerId: principal.id };
    const known = batch.id === undefined ? undefined : await ports.batches.read(ref.ownerId, ref.batchId);
    const created = known ?? (await storeBatch(ports, ref, { principal, batch }));
    await startPending(ports, created);
    return created;
  };
}

interface Making {
  readonly principal: Principal;
  readonly batch: NewBatch;
}

/** Somebody else may store the same batch at the same time; then theirs counts. */
async function storeBatch(ports: CreateBatchPorts, ref: BatchRef, making: Making): Promise<Versioned<Batch>> {
  const pageOffsets = await writeItems(ports.blobs, ref, making.batch.items);
  try {
    return await ports.batches.create(newBatch(ports, { ...making, ref, pageOffsets }));
  } catch (error) {
    const existing =
      error instanceof DocumentConflict ? await ports.batches.read(ref.ownerId, ref.batchId) : undefined;
    if (existing !== undefined) {
      return existing;
    }
    if (making.batch.id === undefined) {
      await undo(ports, ref);
    }
    throw error;
  }
}

/** The document goes first: a batch that was stored after all, without its items, could not be spoken. */
async function undo({ batches, blobs, logger }: CreateBatchPorts, ref: BatchRef): Promise<void> {
  try {
    await batches.delete(ref.ownerId, ref.batchId);
    await blobs.delete(itemsFile(ref));
  } catch (error) {
    const code = error instanceof ServiceError ? error.code : "internal-error";
    logger.log("warning", "A batch that could not be stored may be left behind", {
      batchId: ref.batchId,
      code,
    });
  }
}

/** Whoever made it may have ended before it was started. */
async function startPending(ports: CreateBatchPorts, batch: Batch): Promise<void> {
  if (batch.status !== "pending") {
    return;
  }
  try {
    await startRun(ports, batch);
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.retryable) {
      throw error;
    }
    ports.logger.log("warning", "A batch could not be started; a timer will start it", {
      batchId: batch.id,
      code: error.code,
    });
  }
}

function newBatch(
  { clock }: CreateBatchPorts,
  making: Making & { readonly ref: BatchRef; readonly pageOffsets: readonly number[] },
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
