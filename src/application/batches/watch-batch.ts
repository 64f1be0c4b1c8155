import { type Batch, isRunStopped } from "../../domain/batch/batch.ts";
import type { BatchCollection } from "./batch-ref.ts";

export interface BatchWatch {
  /** Aborts when the run is stopped. */
  readonly signal: AbortSignal;
  end(): void;
}

/** Looks at the batch from time to time. A store that does not answer changes nothing. */
export function watchBatch(
  { batches, watchIntervalMs }: { readonly batches: BatchCollection; readonly watchIntervalMs: number },
  { partition, id, run }: Batch,
): BatchWatch {
  const controller = new AbortController();
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) {
      return;
    }
    isLooking = true;
    try {
      const batch = await batches.read(partition, id, controller.signal);
      if (batch === undefined || isRunStopped(batch, run)) {
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
