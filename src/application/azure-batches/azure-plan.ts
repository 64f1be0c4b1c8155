import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import type { PreparedSynthesis } from "../synthesis/prepared-synthesis.ts";
import { batchFolder } from "../batches/batch-files.ts";
import type { BlobRef, BlobStore } from "../ports/blobs.ts";
import type { AzureJobRef, AzurePassRef } from "./azure-chunks.ts";
import type { AzureJobDraft } from "./pack-jobs.ts";

/** What one pass hands to Azure, and what it has decided by itself. Written once, so that every repeat does the same. */
export interface AzurePlan {
  /** Names the files of its jobs. */
  readonly planId: string;
  readonly jobCount: number;
  /** Items that are left for another pass already. */
  readonly putOff: number;
  readonly pages: readonly { readonly page: number; readonly items: readonly BatchItemState[] }[];
}

/** The request is in the file of items; the rest is spoken and timed exactly as it was prepared. */
export type KeptSynthesis = Omit<PreparedSynthesis, "request">;

export interface PlannedItem {
  readonly page: number;
  readonly id: string;
  readonly prepared: KeptSynthesis;
}

/** Of all plans of one run or one chunk, in the container `batches`. */
function planFolder(ref: AzurePassRef): string {
  return `${batchFolder(ref)}azure/${ref.run}-${ref.chunk}-${ref.pass}`;
}

function planFile(ref: AzurePassRef): BlobRef {
  return { container: "batches", name: `${planFolder(ref)}.json` };
}

function jobFile(ref: AzurePassRef, planId: string, job: number): BlobRef {
  return { container: "batches", name: `${planFolder(ref)}/${planId}/${job}.json` };
}

/** @returns undefined for a pass that nobody has planned. */
export async function readPlan(blobs: BlobStore, ref: AzurePassRef): Promise<AzurePlan | undefined> {
  return readJson<AzurePlan>(blobs, planFile(ref));
}

/** @throws Error when the job was never planned. */
export async function readJob(blobs: BlobStore, ref: AzureJobRef): Promise<AzureJobDraft> {
  const plan = await readPlan(blobs, ref);
  const job = plan && (await readJson<AzureJobDraft>(blobs, jobFile(ref, plan.planId, ref.job)));
  if (job === undefined) {
    throw new Error("The plan of an Azure job is gone.");
  }
  return job;
}

/** Writes a plan with its jobs, unless somebody was quicker. @returns the one that counts. */
export async function writePlan(
  blobs: BlobStore,
  ref: AzurePassRef,
  { plan, jobs }: { readonly plan: AzurePlan; readonly jobs: readonly AzureJobDraft[] },
): Promise<AzurePlan> {
  for (const [job, draft] of jobs.entries()) {
    await blobs.write(jobFile(ref, plan.planId, job), bytesOf(draft), { contentType: "application/json" });
  }
  const options = { contentType: "application/json", onlyIfAbsent: true };
  const etag = await blobs.write(planFile(ref), bytesOf(plan), options);
  return etag === undefined ? ((await readPlan(blobs, ref)) ?? plan) : plan;
}

function bytesOf(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Nobody but {@link writePlan} writes these files, from values of these types. */
async function readJson<T>(blobs: BlobStore, ref: BlobRef): Promise<T | undefined> {
  const found = await blobs.read(ref);
  if (found === undefined) {
    return undefined;
  }
  const value: T = JSON.parse(await new Response(found.body).text());
  return value;
}
