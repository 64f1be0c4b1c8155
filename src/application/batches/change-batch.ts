import type { Principal } from "../../domain/access/principal.ts";
import { type Batch, isBatchEnded } from "../../domain/batch/batch.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { type BatchCollection, type BatchRef, refOf, updateBatch } from "./batch-ref.ts";
import { startRun, stopLanes } from "./batch-run.ts";
import { findBatch } from "./find-batch.ts";

export interface ChangeBatchPorts {
  readonly batches: BatchCollection;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly batchConcurrency: number;
}

export type ChangeBatch = (principal: Principal, batchId: string) => Promise<Versioned<Batch>>;

/** Stops a batch: items that run are stopped, none starts. One that has ended stays as it is. */
export function makeCancelBatch(ports: ChangeBatchPorts): ChangeBatch {
  return async (principal, batchId) => {
    const found = await findBatch(ports.batches, principal, batchId);
    const batch = await updateBatch(ports, refOf(found), (current) =>
      current.status === "pending" || current.status === "running" ? { status: "canceling" } : undefined,
    );
    await stopLanes(ports.orchestrations, batch);
    return batch;
  };
}

/**
 * Runs what failed or was canceled once more; finished items stay.
 *
 * @throws {@link ServiceError} `batch-not-finished`, `batch-nothing-to-retry`.
 */
export function makeRetryBatch(ports: ChangeBatchPorts): ChangeBatch {
  return async (principal, batchId) => {
    const found = await findBatch(ports.batches, principal, batchId);
    const batch = await updateBatch(ports, refOf(found), (current) => {
      assertRetryable(current);
      return { status: "pending", run: current.run + 1, finishedAt: null, error: null };
    });
    await startRun(ports, batch);
    return batch;
  };
}

function assertRetryable(batch: Batch): void {
  const details = { batchId: batch.id, status: batch.status };
  if (!isBatchEnded(batch)) {
    throw new ServiceError("batch-not-finished", `The batch is ${batch.status}.`, { details });
  }
  if (batch.counts.succeeded === batch.counts.total) {
    throw new ServiceError("batch-nothing-to-retry", "Every item has succeeded.", { details });
  }
}

/** Stops the batch, then removes it with its results. */
export function makeDeleteBatch(ports: ChangeBatchPorts): ChangeBatch {
  return async (principal, batchId) => {
    const found = await findBatch(ports.batches, principal, batchId);
    return removeBatch(ports, refOf(found), () => true);
  };
}

/**
 * Marks a batch for removal and starts what removes it; it may be called again.
 *
 * @param mayBeRemoved asked about the batch as it is at the moment of the change.
 * @throws {@link ServiceError} `batch-not-found`.
 */
export async function removeBatch(
  ports: ChangeBatchPorts,
  ref: BatchRef,
  mayBeRemoved: (batch: Batch) => boolean,
): Promise<Versioned<Batch>> {
  const batch = await updateBatch(ports, ref, (current) =>
    current.status === "deleting" || !mayBeRemoved(current) ? undefined : { status: "deleting" },
  );
  if (batch.status === "deleting") {
    await stopLanes(ports.orchestrations, batch);
    await ports.orchestrations.start("deleteBatchOrchestration", `${ref.batchId}-delete`, {
      ...ref,
      run: batch.run,
    });
  }
  return batch;
}
