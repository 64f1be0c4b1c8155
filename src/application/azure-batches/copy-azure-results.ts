import { type Batch, isRunStopped } from "../../domain/batch/batch.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type BatchCollection, readBatch } from "../batches/batch-ref.ts";
import { forEachBounded } from "../batches/for-each-bounded.ts";
import { type BatchItem, readItems } from "../batches/items-file.ts";
import type { PageStates } from "../batches/page-states.ts";
import { earlierResult, keepItem, speakItem } from "../batches/speak-item.ts";
import type { BatchWatches } from "../batches/batch-watches.ts";
import type { AzureBatchActivities } from "../ports/azure-batch-activities.ts";
import type { BatchSynthesisResults, BatchSynthesisService } from "../ports/batch-synthesis.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Ids } from "../ports/ids.ts";
import type { Metrics } from "../ports/metrics.ts";
import { runSynthesis } from "../synthesis/run-synthesis.ts";
import { makeSpeak, type Speak } from "../synthesis/speak.ts";
import type { SynthesisKeeper } from "../synthesis/synthesis-keeper.ts";
import { azureJobId } from "./azure-chunks.ts";
import { type PlannedItem, readJob } from "./azure-plan.ts";
import { isOpen, PageBook } from "./page-book.ts";
import { SpokenResults } from "./spoken-results.ts";

export interface CopyAzureResultsPorts {
  readonly batches: BatchCollection;
  readonly blobs: BlobStore;
  readonly pageStates: PageStates;
  readonly batchSynthesis: BatchSynthesisService;
  readonly keeper: SynthesisKeeper;
  readonly ids: Ids;
  readonly metrics: Metrics;
  readonly watches: BatchWatches;
}

/** Items that one call copies: their states are written when it ends. */
const ITEMS_PER_CALL = 100;

/** Each one is in memory while it is copied. */
const ITEMS_AT_ONCE = 8;

interface Copying {
  readonly batch: Batch;
  readonly book: PageBook;
  readonly results: BatchSynthesisResults;
  readonly signal: AbortSignal;
}

/** Where an item's documents stand in its job. */
interface PlacedItem extends PlannedItem {
  readonly firstDocument: number;
}

/** Writes what Azure has spoken where every batch has its results. It may run twice: what has a result stays. */
export function makeCopyAzureResults(ports: CopyAzureResultsPorts): AzureBatchActivities["copyAzureResults"] {
  return async ({ from, ...ref }) => {
    const batch = await readBatch(ports.batches, ref);
    if (isRunStopped(batch, ref.run)) {
      return { next: null };
    }
    const job = await readJob(ports.blobs, ref);
    const results = await ports.batchSynthesis.results(azureJobId(ref));
    const end = from + ITEMS_PER_CALL;
    const watch = ports.watches.begin(batch);
    try {
      const book = new PageBook(ports.pageStates, ref);
      const items = placed(job.items).slice(from, end);
      await copyItems(ports, { batch, book, results, signal: watch.signal }, items);
    } finally {
      watch.end();
    }
    return { next: end < job.items.length && !watch.signal.aborted ? end : null };
  };
}

function placed(items: readonly PlannedItem[]): readonly PlacedItem[] {
  let firstDocument = 0;
  return items.map((item) => {
    const place = { ...item, firstDocument };
    firstDocument += item.prepared.parts.length;
    return place;
  });
}

/** @throws the first failure that is not an item's own, after the others have ended. */
async function copyItems(
  ports: CopyAzureResultsPorts,
  copying: Copying,
  items: readonly PlacedItem[],
): Promise<void> {
  const { batch, book, signal } = copying;
  const sent = await sentItems(ports.blobs, batch, new Set(items.map(({ page }) => page)));
  const failures: unknown[] = [];
  await forEachBounded(
    items,
    { atOnce: ITEMS_AT_ONCE, mayGoOn: () => failures.length === 0 && !signal.aborted },
    async (planned) => {
      const item = sent.get(planned.id);
      try {
        if (item !== undefined && isOpen(await book.item(planned.page, planned.id))) {
          await copyItem(ports, copying, { planned, item });
        }
      } catch (error) {
        failures.push(error);
      }
    },
  );
  await book.save();
  if (failures.length > 0 && !signal.aborted) {
    throw failures[0];
  }
}

async function copyItem(
  ports: CopyAzureResultsPorts,
  { batch, book, results, signal }: Copying,
  { planned, item }: { readonly planned: PlacedItem; readonly item: BatchItem },
): Promise<void> {
  const { page, id } = planned;
  const earlier = await earlierResult(ports.blobs, batch, item);
  if (earlier !== undefined) {
    await book.set(page, id, { ...earlier, status: "succeeded", error: null });
    return;
  }
  try {
    const speak = speakFrom(ports, planned, results);
    const spoken = await speakItem(speak, { batch, item }, signal);
    const result = await keepItem(ports.blobs, { batch, item, spoken }, signal);
    await book.set(page, id, { ...result, status: "succeeded", error: null });
    ports.metrics.count("voice_batch_items_total", { status: "succeeded" });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.retryable) {
      throw error;
    }
    await book.set(page, id, { status: "failed", error: { code: error.code, message: error.message } });
    ports.metrics.count("voice_batch_items_total", { status: "failed" });
  }
}

/** Speaks one item with its part of the results: captions, history and usage come as from any other synthesis. */
function speakFrom(
  { keeper, ids }: CopyAzureResultsPorts,
  { prepared, firstDocument }: PlacedItem,
  results: BatchSynthesisResults,
): Speak {
  const places = new Map(prepared.parts.map(({ ssml }, index) => [ssml, firstDocument + index]));
  const synthesizer = new SpokenResults(results, places);
  return makeSpeak({
    prepare: async (_principal, request) => ({ ...prepared, request }),
    source: {
      open: async (whole, signal) => ({
        cache: "bypass",
        events: runSynthesis(whole, synthesizer, signal),
      }),
    },
    keeper,
    ids,
  });
}

/** @returns item by its id, of some pages. */
async function sentItems(
  blobs: BlobStore,
  batch: Batch,
  pages: ReadonlySet<number>,
): Promise<ReadonlyMap<string, BatchItem>> {
  const found = new Map<string, BatchItem>();
  for (const page of pages) {
    for (const item of await readItems(blobs, batch, page)) {
      found.set(item.id, item);
    }
  }
  return found;
}
