import type { Role, Permission } from "../access/permissions.ts";
import type { ErrorCode } from "../errors/catalog.ts";
import type { CaptionFormat } from "../speech/captions/write-captions.ts";
import type { BatchCounts } from "./batch-counts.ts";

export const BATCH_STATUSES = [
  "pending",
  "running",
  "completed",
  "completed-with-errors",
  "failed",
  "canceling",
  "canceled",
  "deleting",
] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** Who speaks the items: the synthesis of single requests, or Azure's batch synthesis. */
export const BATCH_MODES = ["standard", "azure-batch"] as const;
export type BatchMode = (typeof BATCH_MODES)[number];

/** Items of one job. */
export const MAX_BATCH_ITEMS = 10_000;

/** Items that are stored, run and counted together. */
export const ITEMS_PER_PAGE = 50;

/** On whose behalf the items are spoken: what the token said when the batch was sent. */
export interface BatchPrincipal {
  readonly kind: "user" | "app";
  readonly tenantId: string;
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
}

export interface BatchOutput {
  readonly captions: readonly CaptionFormat[];
  /** Offers all results as one zip. */
  readonly archive: boolean;
  /** Joins all results into one file, in the order of the items. */
  readonly concatenate: boolean;
}

export interface BatchFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly recovery: readonly string[];
}

/** A job that speaks many items, and the truth about it. */
export interface Batch {
  readonly id: string;
  /** Id of its owner. */
  readonly partition: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly status: BatchStatus;
  /** Default: standard; older batches have none. */
  readonly mode?: BatchMode;
  readonly principal: BatchPrincipal;
  readonly itemCount: number;
  /** Where each page begins in the file of items, in bytes, and where the last one ends. */
  readonly pageOffsets: readonly number[];
  readonly output: BatchOutput;
  readonly notifyUrl: string | null;
  /** The dropped file that it was made of. */
  readonly source: string | null;
  /** 1 at first; every retry is another one. */
  readonly run: number;
  /** What the pages say adds up to these once the run has ended. */
  readonly counts: BatchCounts;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: BatchFailure | null;
}

export function isBatchEnded({ status }: Pick<Batch, "status">): boolean {
  return status !== "pending" && status !== "running" && status !== "canceling" && status !== "deleting";
}

/** Nothing of the run may start any more: the batch was stopped, or it has been run once more since. */
export function isRunStopped({ status, run }: Pick<Batch, "status" | "run">, ofRun: number): boolean {
  return run !== ofRun || (status !== "pending" && status !== "running");
}

export function pageCountOf({ pageOffsets }: Pick<Batch, "pageOffsets">): number {
  return pageOffsets.length - 1;
}

/** What a run that ended by itself, or was stopped, leaves. */
export function endedStatus(
  status: BatchStatus,
  { counts, hasBroken }: { readonly counts: BatchCounts; readonly hasBroken: boolean },
): BatchStatus {
  if (status === "deleting") {
    return status;
  }
  if (status === "canceling" || status === "canceled") {
    return "canceled";
  }
  if (hasBroken || counts.failed === counts.total) {
    return "failed";
  }
  return counts.succeeded < counts.total ? "completed-with-errors" : "completed";
}
