import { isRunStopped } from "../../domain/batch/batch.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BatchActivities } from "../ports/batch-activities.ts";
import { batchFolder } from "../batches/batch-files.ts";
import { readBatch } from "../batches/batch-ref.ts";
import type { Refusal } from "../ports/activities.ts";
import type { AzureBatchActivities, AzureJobProgress } from "../ports/azure-batch-activities.ts";
import { azureChunksOf, azureJobId, type AzureJobRef, type AzurePassRef } from "./azure-chunks.ts";
import { readJob, readPlan } from "./azure-plan.ts";
import { type CopyAzureResultsPorts, makeCopyAzureResults } from "./copy-azure-results.ts";
import { isOpen, PageBook } from "./page-book.ts";
import { makePlanAzureJobs, type PlanAzureJobsPorts } from "./plan-azure-jobs.ts";

export interface AzureBatchPorts extends PlanAzureJobsPorts, CopyAzureResultsPorts {
  readonly beginBatch: BatchActivities["beginBatch"];
}

const PLANS_AT_ONCE = 1_000;

export function makeAzureBatchActivities(ports: AzureBatchPorts): AzureBatchActivities {
  return {
    async beginAzureBatch(input) {
      const { pages } = await ports.beginBatch(input);
      const batch = await readBatch(ports.batches, input);
      const left = new Set(pages);
      return { chunks: azureChunksOf(batch).map((chunk) => chunk.filter((page) => left.has(page))) };
    },
    planAzureJobs: makePlanAzureJobs(ports),
    createAzureJob: (input) => createAzureJob(ports, input),
    azureJobProgress: (input) => azureJobProgress(ports, input),
    copyAzureResults: makeCopyAzureResults(ports),
    settleAzureJob: (input) => settleAzureJob(ports, input),
    async removeAzureJobs(input) {
      for (const job of await jobsOf(ports, input)) {
        await ports.batchSynthesis.delete(azureJobId(job));
      }
      return {};
    },
  };
}

async function createAzureJob(ports: AzureBatchPorts, ref: AzureJobRef): Promise<{ isOpen: boolean }> {
  const batch = await readBatch(ports.batches, ref);
  const { items, outputFormat, deployments } = await readJob(ports.blobs, ref);
  const book = new PageBook(ports.pageStates, ref);
  const states = await Promise.all(items.map(({ page, id }) => book.item(page, id)));
  if (isRunStopped(batch, ref.run) || !states.some(isOpen)) {
    return { isOpen: false };
  }
  await ports.batchSynthesis.create({
    id: azureJobId(ref),
    documents: items.flatMap(({ prepared }) => prepared.parts.map(({ ssml }) => ssml)),
    outputFormat,
    deployments,
    hasWordTimes: batch.output.captions.length > 0,
  });
  return { isOpen: true };
}

/** A service that does not answer has not ended the job. */
async function azureJobProgress(
  { batchSynthesis }: AzureBatchPorts,
  ref: AzureJobRef,
): Promise<AzureJobProgress> {
  try {
    const found = await batchSynthesis.state(azureJobId(ref));
    switch (found.state) {
      case "running":
      case "succeeded":
        return { state: found.state };
      case "missing":
        return failed("Azure's batch synthesis does not know the job any more.", true);
      case "failed":
        return failed(`Azure's batch synthesis has failed: ${found.reason}`, found.isTransient);
    }
  } catch (error) {
    if (error instanceof ServiceError && error.retryable) {
      return { state: "running" };
    }
    throw error;
  }
}

function failed(message: string, mayPass: boolean): AzureJobProgress {
  const { code, recovery } = new ServiceError(
    mayPass ? "speech-unavailable" : "azure-batch-refused",
    message,
  );
  return { state: "failed", failure: { code, message, recovery }, mayPass };
}

async function settleAzureJob(
  { blobs, pageStates, metrics }: AzureBatchPorts,
  {
    failure,
    mayPass,
    isLast,
    ...ref
  }: AzureJobRef & {
    readonly failure: Refusal["refused"];
    readonly mayPass: boolean;
    readonly isLast: boolean;
  },
): Promise<{ readonly putOff: number }> {
  const { items } = await readJob(blobs, ref);
  const book = new PageBook(pageStates, ref);
  const { code, message } = failure;
  let putOff = 0;
  for (const { page, id } of items) {
    if (!isOpen(await book.item(page, id))) {
      continue;
    }
    const isPutOff = mayPass && !isLast;
    await book.set(page, id, { status: isPutOff ? "pending" : "failed", error: { code, message } });
    if (isPutOff) {
      putOff += 1;
    } else {
      metrics.count("voice_batch_items_total", { status: "failed" });
    }
  }
  await book.save();
  return { putOff };
}

/** Every job that was planned for a run, or for one chunk of it. */
async function jobsOf(
  { blobs }: AzureBatchPorts,
  { run, chunk, ...ref }: Parameters<AzureBatchActivities["removeAzureJobs"]>[0],
): Promise<readonly AzureJobRef[]> {
  const folder = `${batchFolder(ref)}azure/`;
  const prefix = `${folder}${run}-${chunk === null ? "" : `${chunk}-`}`;
  const jobs: AzureJobRef[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof blobs.list>> = await blobs.list("batches", {
      prefix,
      limit: PLANS_AT_ONCE,
      ...(cursor !== null && { cursor }),
    });
    for (const { name } of page.items) {
      const pass = passOf(ref, name.slice(folder.length));
      if (pass !== undefined) {
        const { jobCount = 0 } = (await readPlan(blobs, pass)) ?? {};
        jobs.push(...Array.from({ length: jobCount }, (_, job) => ({ ...pass, job })));
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return jobs;
}

/** @returns undefined for a file that is no plan. */
function passOf(
  ref: { readonly batchId: string; readonly ownerId: string },
  fileName: string,
): AzurePassRef | undefined {
  const [, run, chunk, pass] = /^(\d+)-(\d+)-(\d+)\.json$/.exec(fileName) ?? [];
  return pass === undefined
    ? undefined
    : { ...ref, run: Number(run), chunk: Number(chunk), pass: Number(pass) };
}
