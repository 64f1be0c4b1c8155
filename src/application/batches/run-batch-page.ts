import { type Batch, isBatchStopped } from "../../domain/batch/batch.ts";
import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BatchPageActivities } from "../ports/batch-activities.ts";
import type { Metrics } from "../ports/metrics.ts";
import { type BatchCollection, readBatch, refOf } from "./batch-ref.ts";
import { type BatchItem, readItems } from "./items-file.ts";
import { PageProgress, startingStates } from "./page-progress.ts";
import type { PageStates } from "./page-states.ts";
import { earlierResult, speakItem, type SpeakItemPorts } from "./speak-item.ts";
import { forEachBounded } from "./for-each-bounded.ts";
import { watchBatch } from "./watch-batch.ts";

export interface RunBatchPagePorts extends SpeakItemPorts {
  readonly batches: BatchCollection;
  readonly pageStates: PageStates;
  readonly metrics: Metrics;
  /** How soon a batch that was stopped is noticed. */
  readonly watchIntervalMs: number;
}

/** Failures in a row, of items that run at once, after which a pass leaves the rest for the next one. */
const FAILURES_PER_PLACE = 2;

interface Pass {
  readonly batch: Batch;
  readonly progress: PageProgress;
  readonly itemsAtOnce: number;
  /** What can be repeated is not, after this one. */
  readonly isLast: boolean;
  /** An earlier pass may have left results that its state does not know of. */
  readonly hasPast: boolean;
}

/** Speaks what is left to speak of one page. It may run twice: what has a result is never spoken again. */
export function makeRunBatchPage(ports: RunBatchPagePorts): BatchPageActivities["runBatchPage"] {
  return async ({ itemsAtOnce, isLast, ...address }) => {
    const batch = await readBatch(ports.batches, address);
    const state = await ports.pageStates.read(address, address.page);
    if (isBatchStopped(batch)) {
      return { outcome: "stopped" };
    }
    const items = await readItems(ports.blobs, batch, address.page);
    const progress = new PageProgress(ports.pageStates, address, startingStates(items, state, address.run));
    await progress.begin();
    try {
      const pass = { batch, progress, itemsAtOnce, isLast, hasPast: state !== undefined };
      return { outcome: await runPass(ports, pass, items) };
    } finally {
      await progress.end();
    }
  };
}

async function runPass(
  ports: RunBatchPagePorts,
  pass: Pass,
  items: readonly BatchItem[],
): Promise<"done" | "again" | "stopped"> {
  const { progress, itemsAtOnce, isLast, batch } = pass;
  const watch = watchBatch(ports, refOf(batch));
  const open = new Set(progress.items.filter(isPending).map(({ id }) => id));
  const failures = { inARow: 0 };
  const mayGoOn = (): boolean =>
    !watch.signal.aborted && (isLast || failures.inARow < itemsAtOnce * FAILURES_PER_PLACE);
  try {
    await forEachBounded(
      items.filter(({ id }) => open.has(id)),
      { atOnce: itemsAtOnce, mayGoOn },
      async (item) => {
        const isPutOff = await runItem(ports, { ...pass, item, signal: watch.signal });
        failures.inARow = isPutOff ? failures.inARow + 1 : 0;
      },
    );
  } finally {
    watch.end();
  }
  if (watch.signal.aborted) {
    return "stopped";
  }
  return progress.items.some(isPending) ? "again" : "done";
}

function isPending({ status }: BatchItemState): boolean {
  return status === "pending";
}

/** @returns whether the item is left for another pass. */
async function runItem(
  ports: RunBatchPagePorts,
  running: Pass & { readonly item: BatchItem; readonly signal: AbortSignal },
): Promise<boolean> {
  const { batch, item, progress, signal } = running;
  const known = progress.items.find(({ id }) => id === item.id);
  const attempts = (known?.attempts ?? 0) + 1;
  try {
    const earlier = running.hasPast ? await earlierResult(ports.blobs, batch, item) : undefined;
    if (earlier !== undefined) {
      progress.set(item.id, { ...earlier, status: "succeeded", attempts: Math.max(1, attempts - 1) });
      return false;
    }
    progress.set(item.id, { status: "running", attempts });
    const result = await speakItem(ports, { batch, item }, signal);
    progress.set(item.id, { ...result, status: "succeeded", error: null });
    ports.metrics.count("voice_batch_items_total", { status: "succeeded" });
    return false;
  } catch (error) {
    return noteFailure(ports, running, error);
  }
}

function noteFailure(
  ports: RunBatchPagePorts,
  { item, progress, isLast, signal }: Pass & { readonly item: BatchItem; readonly signal: AbortSignal },
  error: unknown,
): boolean {
  if (signal.aborted) {
    progress.set(item.id, { status: "pending" });
    return false;
  }
  const isRetryable = error instanceof ServiceError && error.retryable;
  if (isRetryable && !isLast) {
    progress.set(item.id, { status: "pending", error: failureOf(error) });
    return true;
  }
  progress.set(item.id, { status: "failed", error: failureOf(error) });
  ports.metrics.count("voice_batch_items_total", { status: "failed" });
  return false;
}

/** What is no {@link ServiceError} is a bug, and its text is nobody's business. */
function failureOf(error: unknown): NonNullable<BatchItemState["error"]> {
  return error instanceof ServiceError
    ? { code: error.code, message: error.message }
    : { code: "internal-error", message: "The item failed for a reason that is not its own." };
}
