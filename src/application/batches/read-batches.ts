import type { Principal } from "../../domain/access/principal.ts";
import { type Batch, type BatchStatus, isBatchEnded } from "../../domain/batch/batch.ts";
import { type BatchCounts, stoppedCounts, sumCounts } from "../../domain/batch/batch-counts.ts";
import type { DocumentPage, Versioned } from "../ports/documents.ts";
import { type BatchCollection, refOf } from "./batch-ref.ts";
import { findBatch } from "./find-batch.ts";
import type { PageStates } from "./page-states.ts";

export interface ReadBatchPorts {
  readonly batches: BatchCollection;
  readonly pageStates: PageStates;
}

export interface ListBatchesQuery {
  readonly status?: BatchStatus | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A batch with counts as they are at this moment. @throws {@link ServiceError} `batch-not-found`. */
export type GetBatch = (principal: Principal, batchId: string) => Promise<Versioned<Batch>>;

export function makeGetBatch({ batches, pageStates }: ReadBatchPorts): GetBatch {
  return async (principal, batchId) => withCounts(await findBatch(batches, principal, batchId), pageStates);
}

/** The principal's own batches, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListBatches = (principal: Principal, query: ListBatchesQuery) => Promise<DocumentPage<Batch>>;

export function makeListBatches({ batches, pageStates }: ReadBatchPorts): ListBatches {
  return async (principal, { status, limit, cursor }) => {
    const page = await batches.query({
      partition: principal.id,
      limit,
      ...(status !== undefined && { equals: { status } }),
      ...(cursor !== undefined && { cursor }),
    });
    return { ...page, items: await Promise.all(page.items.map((batch) => withCounts(batch, pageStates))) };
  };
}

/** What has ended stands in the document, what goes on in the states of the pages. */
async function withCounts(batch: Versioned<Batch>, pageStates: PageStates): Promise<Versioned<Batch>> {
  return isBatchEnded(batch) ? batch : { ...batch, counts: await liveCounts(batch, pageStates) };
}

export async function liveCounts(batch: Batch, pageStates: PageStates): Promise<BatchCounts> {
  const pages = await pageStates.counts(refOf(batch));
  const counts = sumCounts([...pages.values()], batch.itemCount);
  return batch.status === "canceled" ? stoppedCounts(counts) : counts;
}
