import { type Batch, pageCountOf } from "../../domain/batch/batch.ts";
import { azureChunksOf } from "../azure-batches/azure-chunks.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { type BatchRef, refOf } from "./batch-ref.ts";

/** What the orchestrations of one run carry. */
export interface BatchRun extends BatchRef {
  readonly run: number;
  /** Pages that are worked on side by side, each by a lane of its own. */
  readonly lanes: number;
  /** Items of one page that are spoken at once. */
  readonly itemsAtOnce: number;
}

const MAX_LANES = 4;

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
  const lanes =
    batch.mode === "azure-batch" ? azureChunksOf(batch).length : lanesOf(batch, ports.batchConcurrency);
  const itemsAtOnce = Math.max(1, Math.floor(ports.batchConcurrency / lanes));
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

function lanesOf(batch: Batch, concurrency: number): number {
  return Math.max(1, Math.min(MAX_LANES, pageCountOf(batch), concurrency));
}
