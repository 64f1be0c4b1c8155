import type { AzureJobRef, AzurePassRef } from "../azure-batches/azure-chunks.ts";
import type { BatchRef } from "../batches/batch-ref.ts";
import type { Refusal } from "./activities.ts";

/** What batches do that are spoken by Azure's batch synthesis. */
export interface AzureBatchActivities {
  /** @returns pages by chunk, only those on which there is something left to do; a chunk may be empty. */
  beginAzureBatch(
    input: BatchRef & { readonly run: number },
  ): Promise<{ readonly chunks: readonly (readonly number[])[] }>;
  /** Prepares the open items of some pages. `putOff` of them are left for the next pass; `isLast` makes these fail. */
  planAzureJobs(
    input: AzurePassRef & {
      readonly pages: readonly number[];
      readonly itemsAtOnce: number;
      readonly isLast: boolean;
    },
  ): Promise<{
    readonly outcome: "planned" | "stopped";
    readonly jobCount: number;
    readonly putOff: number;
  }>;
  /** @returns whether there is anything left to wait for. */
  createAzureJob(input: AzureJobRef): Promise<{ readonly isOpen: boolean }>;
  azureJobProgress(input: AzureJobRef): Promise<AzureJobProgress>;
  /** Copies the results of some items, beginning with item `from`. @returns where to go on, null at the end. */
  copyAzureResults(input: AzureJobRef & { readonly from: number }): Promise<{ readonly next: number | null }>;
  /** Decides about items that have no result: for the next pass, or failed. @returns how many wait for the next pass. */
  settleAzureJob(
    input: AzureJobRef & {
      readonly failure: Refusal["refused"];
      readonly mayPass: boolean;
      readonly isLast: boolean;
    },
  ): Promise<{ readonly putOff: number }>;
  /** Removes what Azure still has of a run, or of one chunk of it. */
  removeAzureJobs(input: BatchRef & { readonly run: number; readonly chunk: number | null }): Promise<object>;
}

export type AzureJobProgress =
  | { readonly state: "running" | "succeeded" }
  | { readonly state: "failed"; readonly failure: Refusal["refused"]; readonly mayPass: boolean };
