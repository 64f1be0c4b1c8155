import type { Principal } from "../../domain/access/principal.ts";
import { type Batch, isBatchEnded, ITEMS_PER_PAGE } from "../../domain/batch/batch.ts";
import { type BatchItemState, type BatchItemStatus, pendingItem } from "../../domain/batch/batch-item.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { type BatchCollection, refOf } from "./batch-ref.ts";
import { findBatch } from "./find-batch.ts";
import { readItems } from "./items-file.ts";
import type { PageStates } from "./page-states.ts";

export interface ListBatchItemsPorts {
  readonly batches: BatchCollection;
  readonly blobs: BlobStore;
  readonly pageStates: PageStates;
}

export interface ListBatchItemsQuery {
  readonly status?: BatchItemStatus | undefined;
  /** 1..100 */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** An item with a link to its audio, null until there is some. */
export interface ListedBatchItem extends BatchItemState {
  readonly audioUrl: string | null;
}

/** Items in the order in which they were sent. @throws {@link ServiceError} `batch-not-found`, `cursor-invalid`. */
export type ListBatchItems = (
  principal: Principal,
  batchId: string,
  query: ListBatchItemsQuery,
) => Promise<{ readonly items: readonly ListedBatchItem[]; readonly nextCursor: string | null }>;

const LINK_LIFETIME_SECONDS = 3_600;

export function makeListBatchItems(ports: ListBatchItemsPorts): ListBatchItems {
  return async (principal, batchId, { status, limit, cursor }) => {
    const batch = await findBatch(ports.batches, principal, batchId);
    const found: BatchItemState[] = [];
    let position = positionOf(cursor, batch.itemCount);
    while (position < batch.itemCount && found.length < limit) {
      const states = await pageItems(ports, batch, Math.floor(position / ITEMS_PER_PAGE));
      for (const item of states.slice(position % ITEMS_PER_PAGE)) {
        if (found.length === limit) {
          break;
        }
        position += 1;
        if (status === undefined || item.status === status) {
          found.push(item);
        }
      }
    }
    return {
      items: await Promise.all(found.map((item) => withLink(ports.blobs, item))),
      nextCursor: position < batch.itemCount ? String(position) : null,
    };
  };
}

/** States of one page, as they are at this moment. */
export async function pageItems(
  { blobs, pageStates }: Pick<ListBatchItemsPorts, "blobs" | "pageStates">,
  batch: Batch,
  page: number,
): Promise<readonly BatchItemState[]> {
  const state = await pageStates.read(refOf(batch), page);
  const items = state?.items ?? (await readItems(blobs, batch, page)).map(({ id }) => pendingItem(id));
  return isBatchEnded(batch) ? items.map(endedItem) : items;
}

function endedItem(item: BatchItemState): BatchItemState {
  return item.status === "pending" || item.status === "running" ? { ...item, status: "canceled" } : item;
}

function positionOf(cursor: string | undefined, itemCount: number): number {
  const position = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isInteger(position) || position < 0 || position > itemCount) {
    throw new ServiceError("cursor-invalid", "The cursor was not made by this list.");
  }
  return position;
}

async function withLink(blobs: BlobStore, item: BatchItemState): Promise<ListedBatchItem> {
  const link =
    item.blobName === null
      ? undefined
      : await blobs.readLink({ container: "results", name: item.blobName }, LINK_LIFETIME_SECONDS);
  return { ...item, audioUrl: link?.url ?? null };
}
