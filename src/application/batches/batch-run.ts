import { type Batch, pageCountOf } from "../../domain/batch/batch.ts";
import { azureChunksOf } from "../azure-batches/azure-chunks.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { type BatchRef, refOf } from "./batch-ref.ts";

/** What the orchestrations of one run carry. */
export interface BatchRun extends BatchRef {
  readonly run: number;
  /** Pages that are worked on side by side, each by a lane of its own. */
  readonly lanes: number;
  /** Items of one page that are worked on at once. */
  readonly itemsAtOnce: number;
}

/** While one page begins or ends, the others use its places. */
export const MAX_LANES = 4;

export function runInstanceId({ batchId }: BatchRef, run: number): string {
  return `${batchId}-run-${run}`;
}

export function laneInstanceId(ref: BatchRef & { readonly run: number }, lane: number): string {
  return `${runInstanceId(ref, ref.run)}-lane-${lane}`;
}

/** Starts what the document says: its run, from the beginning or wherever it stopped. */
export async function startRun(
  ports: { readonly orchestrations: Orchestrations; readonly batchConcurrency: number },
  batch: Batch,
): Promise<void> {
  const { lanes, itemsAtOnce } = partsOf(batch, ports.batchConcurrency);
  const input: BatchRun = { ...refOf(batch), run: batch.run, lanes, itemsAtOnce };
  const name = batch.mode === "azure-batch" ? "runAzureBatchOrchestration" : "runBatchOrchestration";
  await ports.orchestrations.start(name, runInstanceId(input, input.run), input);
}

/** Wakes lanes that pause, so that they see that their batch was stopped. */
export async function stopLanes(orchestrations: Orchestrations, batch: Batch): Promise<void> {
  const run = { ...refOf(batch), run: batch.run };
  const lanes =
    batch.mode === "azure-batch" ? azureChunksOf(batch).length : Math.min(MAX_LANES, pageCountOf(batch));
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      orchestrations.raiseEvent(laneInstanceId(run, lane), "cancel", {}),
    ),
  );
}

/** Each page may take all places of an instance; how many it gets, the instance's gate decides. */
function partsOf(batch: Batch, concurrency: number): Pick<BatchRun, "lanes" | "itemsAtOnce"> {
  if (batch.mode === "azure-batch") {
    const lanes = azureChunksOf(batch).length;
    return { lanes, itemsAtOnce: Math.max(1, Math.floor(concurrency / lanes)) };
  }
  const lanes = Math.max(1, Math.min(MAX_LANES, pageCountOf(batch), concurrency));
  return { lanes, itemsAtOnce: concurrency };
}
