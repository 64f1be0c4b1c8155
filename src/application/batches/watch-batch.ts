import { isBatchStopped } from "../../domain/batch/batch.ts";
import type { BatchCollection, BatchRef } from "./batch-ref.ts";

export interface BatchWatch {
  /** Aborts when the batch is stopped. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Looks at the batch from time to time. A store that does not answer changes nothing. */
export function watchBatch(
  { batches, watchIntervalMs }: { readonly batches: BatchCollection; readonly watchIntervalMs: number },
  { ownerId, batchId }: BatchRef,
): BatchWatch {
  const controller = new AbortController();
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) {
      return;
    }
    isLooking = true;
    try {
      const batch = await batches.read(ownerId, batchId, controller.signal);
      if (batch === undefined || isBatchStopped(batch)) {
        controller.abort(new DOMException("The batch was stopped.", "AbortError"));
      }
    } catch {
      // The next look will tell.
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), watchIntervalMs);
  return { signal: controller.signal, end: () => clearInterval(timer) };
}
