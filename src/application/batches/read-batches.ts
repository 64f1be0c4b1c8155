import type { Principal } from "../../domain/access/principal.ts";
import { type Batch, type BatchStatus, isBatchEnded } from "../../domain/batch/batch.ts";
import type { DocumentPage, Versioned } from "../ports/documents.ts";
import type { BatchCollection } from "./batch-ref.ts";
import { findBatch } from "./find-batch.ts";
import type { LiveCounts } from "./live-counts.ts";

export interface ReadBatchPorts {
  readonly batches: BatchCollection;
  readonly liveCounts: LiveCounts;
}

export interface ListBatchesQuery {
  readonly status?: BatchStatus | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A batch with its counts as they were a moment ago. @throws {@link ServiceError} `batch-not-found`. */
export type GetBatch = (principal: Principal, batchId: string) => Promise<Versioned<Batch>>;

export function makeGetBatch({ batches, liveCounts }: ReadBatchPorts): GetBatch {
  return async (principal, batchId) => withCounts(await findBatch(batches, principal, batchId), liveCounts);
}

/** The principal's own batches, newest first. @throws {@link ServiceError} `cursor-invalid`. */
export type ListBatches = (principal: Principal, query: ListBatchesQuery) => Promise<DocumentPage<Batch>>;

export function makeListBatches({ batches, liveCounts }: ReadBatchPorts): ListBatches {
  return async (principal, { status, limit, cursor }) => {
    const page = await batches.query({
      partition: principal.id,
      limit,
      ...(status !== undefined && { equals: { status } }),
      ...(cursor !== undefined && { cursor }),
    });
    return { ...page, items: await Promise.all(page.items.map((batch) => withCounts(batch, liveCounts))) };
  };
}

/** What has ended stands in the document, what goes on in the states of the pages. */
async function withCounts(batch: Versioned<Batch>, liveCounts: LiveCounts): Promise<Versioned<Batch>> {
  return isBatchEnded(batch) ? batch : { ...batch, counts: await liveCounts.of(batch) };
}
