import { type Batch, isRunStopped } from "../../domain/batch/batch.ts";
import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { BatchPageActivities, PageOutcome } from "../ports/batch-activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { FairGate } from "../limits/fair-gate.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Speak, SpokenAudio } from "../synthesis/speak.ts";
import { type BatchCollection, readBatch } from "./batch-ref.ts";
import { type BatchItem, readItems } from "./items-file.ts";
import { PageProgress, startingStates } from "./page-progress.ts";
import type { PageStates } from "./page-states.ts";
import { earlierResult, keepItem, speakItem } from "./speak-item.ts";
import type { PageSlice, PageSlices } from "./page-slices.ts";
import { forEachBounded, type Rest } from "./for-each-bounded.ts";
import type { BatchWatches } from "./batch-watches.ts";

export interface RunBatchPagePorts {
  readonly blobs: BlobStore;
  /** What speaks the items of one page. */
  readonly openSpeak: () => Speak;
  /** Places for items that are spoken at once. */
  readonly gate: Pick<FairGate, "enter">;
  readonly batches: BatchCollection;
  readonly pageStates: PageStates;
  readonly pageSlices: PageSlices;
  readonly metrics: Metrics;
  readonly watches: BatchWatches;
}

/** Failures in a row after which a pass leaves the rest for the next one. */
const MAX_FAILURES_IN_A_ROW = 10;

/** Audio that is larger keeps its place until it is stored, so that the places bound the memory. */
const SMALL_AUDIO_BYTES = 1024 * 1024;

interface Pass {
  readonly speak: Speak;
  /** At the gate: pages that were opened first come first, so that not all of them begin and end together. */
  readonly rank: number;
  readonly batch: Batch;
  readonly progress: PageProgress;
  readonly itemsAtOnce: number;
  /** What can be repeated is not, after this one. */
  readonly isLast: boolean;
  readonly slice: PageSlice;
  /** An earlier pass may have left results that its state does not know of. */
  readonly hasPast: boolean;
}

/** One item of a pass. */
interface RunningItem extends Pass {
  readonly item: BatchItem;
  readonly signal: AbortSignal;
  /** Takes whether the item is left for another pass. */
  readonly onSettled: (isPutOff: boolean) => void;
}

/** Speaks what is left to speak of one page. It may run twice: what has a result is never spoken again. */
export function makeRunBatchPage(ports: RunBatchPagePorts): BatchPageActivities["runBatchPage"] {
  let opened = 0;
  return async ({ itemsAtOnce, isLast, ...address }) => {
    const [batch, state] = await Promise.all([
      readBatch(ports.batches, address),
      ports.pageStates.read(address, address.page),
    ]);
    if (isRunStopped(batch, address.run)) {
      return { outcome: "stopped" };
    }
    const items = await readItems(ports.blobs, batch, address.page);
    const progress = new PageProgress(ports.pageStates, address, startingStates(items, state, address.run));
    const slice = ports.pageSlices.begin();
    try {
      await progress.begin();
      const hasPast = state !== undefined;
      const speak = ports.openSpeak();
      opened += 1;
      const pass = { speak, rank: opened, batch, progress, itemsAtOnce, isLast, slice, hasPast };
      return { outcome: await runPass(ports, pass, items) };
    } finally {
      slice.end();
      await progress.end();
    }
  };
}

async function runPass(
  ports: RunBatchPagePorts,
  pass: Pass,
  items: readonly BatchItem[],
): Promise<PageOutcome> {
  const { progress, itemsAtOnce, isLast, batch, slice } = pass;
  const watch = ports.watches.begin(batch);
  const open = new Set(progress.items.filter(isPending).map(({ id }) => id));
  let failuresInARow = 0;
  const onSettled = (isPutOff: boolean): void => {
    failuresInARow = isPutOff ? failuresInARow + 1 : 0;
  };
  let started = 0;
  const mayGoOn = (): boolean =>
    !watch.signal.aborted && !slice.isOver() && (isLast || failuresInARow < MAX_FAILURES_IN_A_ROW);
  try {
    await forEachBounded(
      items.filter(({ id }) => open.has(id)),
      { atOnce: itemsAtOnce, mayGoOn },
      (item) => {
        started += 1;
        return runItem(ports, { ...pass, item, signal: watch.signal, onSettled });
      },
    );
  } finally {
    watch.end();
  }
  if (watch.signal.aborted) {
    return "stopped";
  }
  if (!progress.items.some(isPending)) {
    return "done";
  }
  return started < open.size && slice.isOver() ? "more" : "again";
}

function isPending({ status }: BatchItemState): boolean {
  return status === "pending";
}

async function runItem(ports: RunBatchPagePorts, running: RunningItem): Promise<Rest | void> {
  const { batch, item, progress, signal } = running;
  const known = progress.items.find(({ id }) => id === item.id);
  const attempts = (known?.attempts ?? 0) + 1;
  try {
    const earlier = running.hasPast ? await earlierResult(ports.blobs, batch, item) : undefined;
    if (earlier !== undefined) {
      progress.set(item.id, { ...earlier, status: "succeeded", attempts: Math.max(1, attempts - 1) });
      running.onSettled(false);
      return;
    }
    return await inTurn(ports, running, async () => {
      progress.set(item.id, { status: "running", attempts });
      const spoken = await speakItem(running.speak, running, signal);
      const rest = keep(ports, running, spoken);
      if (spoken.audio.length > SMALL_AUDIO_BYTES) {
        await rest;
      }
      return { rest };
    });
  } catch (error) {
    noteFailure(ports, running, error);
  }
}

async function inTurn<T>(
  { gate }: RunBatchPagePorts,
  { batch, signal, rank }: RunningItem,
  work: () => Promise<T>,
): Promise<T> {
  const release = await gate.enter(batch.partition, signal, { rank });
  try {
    return await work();
  } finally {
    release();
  }
}

async function keep(ports: RunBatchPagePorts, running: RunningItem, spoken: SpokenAudio): Promise<void> {
  const { item, progress, signal } = running;
  try {
    const result = await keepItem(ports.blobs, { ...running, spoken }, signal);
    progress.set(item.id, { ...result, status: "succeeded", error: null });
    ports.metrics.count("voice_batch_items_total", { status: "succeeded" });
    running.onSettled(false);
  } catch (error) {
    noteFailure(ports, running, error);
  }
}

function noteFailure(
  ports: RunBatchPagePorts,
  { item, progress, isLast, signal, onSettled }: RunningItem,
  error: unknown,
): void {
  if (signal.aborted) {
    progress.set(item.id, { status: "pending" });
    return;
  }
  const isPutOff = error instanceof ServiceError && error.retryable && !isLast;
  onSettled(isPutOff);
  progress.set(item.id, { status: isPutOff ? "pending" : "failed", error: failureOf(error) });
  if (!isPutOff) {
    ports.metrics.count("voice_batch_items_total", { status: "failed" });
  }
}

/** What is no {@link ServiceError} is a bug, and its text is nobody's business. */
function failureOf(error: unknown): NonNullable<BatchItemState["error"]> {
  return error instanceof ServiceError
    ? { code: error.code, message: error.message }
    : { code: "internal-error", message: "The item failed for a reason that is not its own." };
}
