import type { BatchRef } from "../batches/batch-ref.ts";
import type { DroppedVersion } from "../drop-folder/start-import.ts";
import type { Refusal } from "./activities.ts";

type BatchRunRef = BatchRef & { readonly run: number };

/**
 * `again`: some items could not be spoken for a reason that may pass. `more`: it gave way to others and goes on at once.
 * `stopped`: the batch was canceled or deleted meanwhile.
 */
export type PageOutcome = "done" | "again" | "more" | "stopped";

export interface BatchPageActivities {
  /** `isLast` makes items fail that would have to be put off. */
  runBatchPage(
    input: BatchRunRef & { readonly page: number; readonly itemsAtOnce: number; readonly isLast: boolean },
  ): Promise<{ readonly outcome: PageOutcome }>;
}

export interface BatchActivities extends BatchPageActivities {
  /** @returns the pages on which there is something left to do. */
  beginBatch(input: BatchRunRef): Promise<{ readonly pages: readonly number[] }>;
  /** Joins the results into one file, if the batch asks for it. */
  joinBatchResults(input: BatchRunRef): Promise<object>;
  /** Writes the manifest and what the batch has come to. */
  finishBatch(input: BatchRunRef & { readonly failure: Refusal["refused"] | null }): Promise<object>;
  batchRunHasEnded(input: BatchRunRef): Promise<{ readonly hasEnded: boolean }>;
  terminateBatchRun(input: BatchRunRef): Promise<object>;
  /** Removes items, states and results, some at a time. */
  removeBatchFiles(input: BatchRef): Promise<{ readonly isEmpty: boolean }>;
  removeBatch(input: BatchRef): Promise<object>;
}

export interface WebhookActivities {
  /** Tries once; `isOver` when it was delivered or never will be. */
  deliverWebhook(input: {
    readonly deliveryId: string;
    readonly ownerId: string;
    readonly isLast: boolean;
  }): Promise<{ readonly isOver: boolean }>;
}

export interface DropActivities {
  /** `gone`: the file has been moved, or replaced by another version. */
  importDroppedFile(input: DroppedVersion): Promise<{ readonly outcome: "imported" | "rejected" | "gone" }>;
}
