import { type Batch, isRunStopped } from "../../domain/batch/batch.ts";
import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type BatchCollection, readBatch } from "../batches/batch-ref.ts";
import { forEachBounded } from "../batches/for-each-bounded.ts";
import { type BatchItem, readItems } from "../batches/items-file.ts";
import { startingStates } from "../batches/page-progress.ts";
import type { PageStates } from "../batches/page-states.ts";
import { earlierResult, principalOf, requestOf } from "../batches/speak-item.ts";
import type { BatchWatches } from "../batches/batch-watches.ts";
import type { AzureBatchActivities } from "../ports/azure-batch-activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Ids } from "../ports/ids.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { PrepareSynthesis } from "../synthesis/prepare-synthesis.ts";
import type { AzurePassRef } from "./azure-chunks.ts";
import { type AzurePlan, type PlannedItem, readPlan, writePlan } from "./azure-plan.ts";
import { assertOffered } from "./offered-voices.ts";
import { packJobs } from "./pack-jobs.ts";
import { isOpen, PageBook } from "./page-book.ts";

export interface PlanAzureJobsPorts {
  readonly batches: BatchCollection;
  readonly blobs: BlobStore;
  readonly pageStates: PageStates;
  readonly prepare: PrepareSynthesis;
  readonly ids: Ids;
  readonly metrics: Metrics;
  readonly watches: BatchWatches;
}

type PlanInput = Parameters<AzureBatchActivities["planAzureJobs"]>[0];

const STOPPED = { outcome: "stopped", jobCount: 0, putOff: 0 } as const;

/** One item on its way into a plan. */
interface Candidate {
  readonly page: number;
  readonly item: BatchItem;
  readonly hasPast: boolean;
  /** It is this pass that decides about it. */
  readonly isNew: boolean;
  state: BatchItemState;
  planned?: PlannedItem;
}

/**
 * Decides which Azure jobs speak what is left of some pages. The first decision of a pass counts: a repeat, or another one
 * at the same time, takes it over.
 */
export function makePlanAzureJobs(ports: PlanAzureJobsPorts): AzureBatchActivities["planAzureJobs"] {
  return async (input) => {
    const batch = await readBatch(ports.batches, input);
    if (isRunStopped(batch, input.run)) {
      return STOPPED;
    }
    const plan = (await readPlan(ports.blobs, input)) ?? (await makePlan(ports, batch, input));
    if (plan === undefined) {
      return STOPPED;
    }
    await applyPlan(ports.pageStates, input, plan);
    return { outcome: "planned", jobCount: plan.jobCount, putOff: plan.putOff };
  };
}

/** @returns undefined when the batch was stopped meanwhile. */
async function makePlan(
  ports: PlanAzureJobsPorts,
  batch: Batch,
  input: PlanInput,
): Promise<AzurePlan | undefined> {
  const candidates = await candidatesOf(ports, batch, input);
  const watch = ports.watches.begin(batch);
  try {
    await forEachBounded(
      candidates.filter(({ state }) => isOpen(state)),
      { atOnce: input.itemsAtOnce, mayGoOn: () => !watch.signal.aborted },
      (candidate) => decide(ports, { batch, candidate, isLast: input.isLast }, watch.signal),
    );
  } finally {
    watch.end();
  }
  if (watch.signal.aborted) {
    return undefined;
  }
  const jobs = packJobs(candidates.flatMap(({ planned }) => planned ?? []));
  const plan: AzurePlan = {
    planId: ports.ids.uuid(),
    jobCount: jobs.length,
    putOff: candidates.filter(({ state }) => state.status === "pending").length,
    pages: input.pages.map((page) => ({
      page,
      items: candidates.filter((candidate) => candidate.page === page).map(({ state }) => state),
    })),
  };
  const counted = await writePlan(ports.blobs, input, { plan, jobs });
  if (counted.planId === plan.planId) {
    countFailures(ports.metrics, candidates);
  }
  return counted;
}

function countFailures(metrics: Metrics, candidates: readonly Candidate[]): void {
  const failures = candidates.filter(({ state, isNew }) => isNew && state.status === "failed");
  if (failures.length > 0) {
    metrics.count("voice_batch_items_total", { status: "failed" }, failures.length);
  }
}

async function candidatesOf(
  { blobs, pageStates }: PlanAzureJobsPorts,
  batch: Batch,
  { pages, ...ref }: PlanInput,
): Promise<readonly Candidate[]> {
  const found: Candidate[] = [];
  for (const page of pages) {
    const items = await readItems(blobs, batch, page);
    const known = await pageStates.read(ref, page);
    const states = startingStates(items, known, ref.run);
    for (const [index, state] of states.entries()) {
      const item = items[index];
      if (item !== undefined) {
        found.push({ page, item, state, hasPast: known !== undefined, isNew: isOpen(state) });
      }
    }
  }
  return found;
}

/** Gives the candidate its synthesis, the result of an earlier run, or its failure. */
async function decide(
  ports: PlanAzureJobsPorts,
  { batch, candidate, isLast }: { batch: Batch; candidate: Candidate; isLast: boolean },
  signal: AbortSignal,
): Promise<void> {
  const { item, page, state } = candidate;
  try {
    const earlier = candidate.hasPast ? await earlierResult(ports.blobs, batch, item) : undefined;
    if (earlier !== undefined) {
      candidate.state = { ...state, ...earlier, status: "succeeded", error: null };
      return;
    }
    const prepared = await ports.prepare(principalOf(batch), requestOf(batch, item), signal);
    const { request: _request, ...kept } = prepared;
    const planned = { page, id: item.id, prepared: kept };
    assertOffered(planned);
    candidate.planned = planned;
    candidate.state = { ...state, status: "running", attempts: state.attempts + 1 };
  } catch (error) {
    candidate.state = failedState(state, error, isLast);
  }
}

function failedState(state: BatchItemState, error: unknown, isLast: boolean): BatchItemState {
  const attempts = state.attempts + 1;
  if (!(error instanceof ServiceError)) {
    const message = "The item failed for a reason that is not its own.";
    return {
      ...state,
      attempts,
      status: isLast ? "failed" : "pending",
      error: { code: "internal-error", message },
    };
  }
  const { code, message } = error;
  const status = error.retryable && !isLast ? "pending" : "failed";
  return { ...state, attempts, status, error: { code, message } };
}

/** Writes the plan into the pages; what has ended since stays. */
async function applyPlan(pageStates: PageStates, ref: AzurePassRef, plan: AzurePlan): Promise<void> {
  for (const { page, items } of plan.pages) {
    const known = await pageStates.read(ref, page);
    if (known?.run === ref.run) {
      const book = new PageBook(pageStates, ref);
      for (const item of items) {
        if (isOpen(await book.item(page, item.id))) {
          await book.set(page, item.id, item);
        }
      }
      await book.save();
    } else {
      await pageStates.write(ref, page, { run: ref.run, items });
    }
  }
}
