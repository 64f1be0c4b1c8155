import type { ErrorCode } from "../errors/catalog.ts";

export const BATCH_ITEM_STATUSES = ["pending", "running", "succeeded", "failed", "canceled"] as const;
export type BatchItemStatus = (typeof BATCH_ITEM_STATUSES)[number];

/** What became of one item. */
export interface BatchItemState {
  readonly id: string;
  readonly status: BatchItemStatus;
  /** Over all runs. */
  readonly attempts: number;
  readonly durationMs: number | null;
  /** Unicode code points of its text. */
  readonly characters: number | null;
  /** Name of its audio in the container `results`. */
  readonly blobName: string | null;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
}

export function pendingItem(id: string): BatchItemState {
  return {
    id,
    status: "pending",
    attempts: 0,
    durationMs: null,
    characters: null,
    blobName: null,
    error: null,
  };
}

/** A new run takes up again what failed or was canceled. */
export function retriedItem(item: BatchItemState): BatchItemState {
  return item.status === "failed" || item.status === "canceled"
    ? { ...item, status: "pending", error: null }
    : item;
}
