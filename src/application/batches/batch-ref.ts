import type { Batch } from "../../domain/batch/batch.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { updateDocument } from "../documents/update-document.ts";
import type { Clock } from "../ports/clock.ts";
import type { CollectionDefinition, DocumentCollection, Versioned } from "../ports/documents.ts";

/** Names a batch in its owner's partition; small enough to travel through orchestrations. */
export interface BatchRef {
  readonly batchId: string;
  readonly ownerId: string;
}

/** Partitioned by owner. */
export const BATCHES: CollectionDefinition = { name: "batches" };

export type BatchCollection = DocumentCollection<Batch>;

export function batchNotFound(batchId: string): ServiceError {
  return new ServiceError("batch-not-found", `There is no batch ${batchId}.`, { details: { batchId } });
}

export function refOf({ id, partition }: Pick<Batch, "id" | "partition">): BatchRef {
  return { batchId: id, ownerId: partition };
}

/** @throws {@link ServiceError} `batch-not-found`. */
export async function readBatch(batches: BatchCollection, ref: BatchRef): Promise<Versioned<Batch>> {
  const batch = await batches.read(ref.ownerId, ref.batchId);
  if (batch === undefined) {
    throw batchNotFound(ref.batchId);
  }
  return batch;
}

/**
 * Reads, changes and writes a batch; starts over when somebody else wrote in between.
 *
 * @param change returns undefined to leave the batch as it is.
 * @throws {@link ServiceError} `batch-not-found`, and `precondition-failed` after five lost races.
 */
export async function updateBatch(
  { batches, clock }: { readonly batches: BatchCollection; readonly clock: Clock },
  ref: BatchRef,
  change: (batch: Batch) => Partial<Batch> | undefined,
): Promise<Versioned<Batch>> {
  return updateDocument(batches, {
    partition: ref.ownerId,
    id: ref.batchId,
    change: (batch) => {
      const changes = change(batch);
      return changes && { ...batch, ...changes, updatedAt: clock.now().toISOString() };
    },
    notFound: () => batchNotFound(ref.batchId),
  });
}
