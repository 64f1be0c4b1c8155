import { isAdmin, type Principal } from "../../domain/access/principal.ts";
import type { Batch } from "../../domain/batch/batch.ts";
import type { Versioned } from "../ports/documents.ts";
import { type BatchCollection, batchNotFound } from "./batch-ref.ts";

/** Finds an own batch; admins find everybody's. @throws {@link ServiceError} `batch-not-found`. */
export async function findBatch(
  batches: BatchCollection,
  principal: Principal,
  batchId: string,
): Promise<Versioned<Batch>> {
  const own = await batches.read(principal.id, batchId);
  if (own !== undefined) {
    return own;
  }
  if (isAdmin(principal)) {
    const { items } = await batches.query({ equals: { id: batchId }, limit: 1 });
    const [found] = items;
    if (found !== undefined) {
      return found;
    }
  }
  throw batchNotFound(batchId);
}
