import { type Batch, isRunStopped } from "../../domain/batch/batch.ts";
import type { BatchCollection } from "./batch-ref.ts";

export interface BatchWatch {
  /** Aborts when the run is stopped. */
  readonly signal: AbortSignal;
  end(): void;
}

interface SharedWatch {
  readonly controller: AbortController;
  readonly timer: NodeJS.Timeout;
  watchers: number;
}

/**
 * Looks at the batches at work on one instance from time to time. All pages of a run learn of its stop at the same moment:
 * otherwise a page that knows would hand its places to one that does not yet.
 */
export class BatchWatches {
  readonly #batches: BatchCollection;
  readonly #intervalMs: number;
  /** By run. */
  readonly #shared = new Map<string, SharedWatch>();

  constructor(batches: BatchCollection, intervalMs: number) {
    this.#batches = batches;
    this.#intervalMs = intervalMs;
  }

  /** A store that does not answer changes nothing. */
  begin(batch: Batch): BatchWatch {
    const key = `${batch.partition}/${batch.id}/${batch.run}`;
    const shared = this.#shared.get(key) ?? this.#open(key, batch);
    shared.watchers += 1;
    let hasEnded = false;
    return {
      signal: shared.controller.signal,
      end: () => {
        if (hasEnded) {
          return;
        }
        hasEnded = true;
        shared.watchers -= 1;
        if (shared.watchers === 0) {
          clearInterval(shared.timer);
          this.#shared.delete(key);
        }
      },
    };
  }

  #open(key: string, batch: Batch): SharedWatch {
    const controller = new AbortController();
    let isLooking = false;
    const look = async (): Promise<void> => {
      if (isLooking || controller.signal.aborted) {
        return;
      }
      isLooking = true;
      try {
        const current = await this.#batches.read(batch.partition, batch.id);
        if (current === undefined || isRunStopped(current, batch.run)) {
          controller.abort(new DOMException("The batch was stopped.", "AbortError"));
        }
      } catch {
        // The next look will tell.
      } finally {
        isLooking = false;
      }
    };
    const timer = setInterval(() => void look(), this.#intervalMs);
    const shared = { controller, timer, watchers: 0 };
    this.#shared.set(key, shared);
    return shared;
  }
}
