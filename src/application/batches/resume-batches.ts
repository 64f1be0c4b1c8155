import type { Clock } from "../ports/clock.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { type BatchCollection, refOf } from "./batch-ref.ts";
import { runInstanceId, startRun } from "./batch-run.ts";

export interface ResumeBatchesPorts {
  readonly batches: BatchCollection;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly batchConcurrency: number;
}

/** Whoever made a batch has this long to start it. */
const GRACE_MS = 60_000;
const BATCHES_AT_ONCE = 100;

/** Starts batches whose run was never started or has died, so that none is at work for ever. */
export type ResumeBatches = () => Promise<{ readonly resumed: number }>;

export function makeResumeBatches(ports: ResumeBatchesPorts): ResumeBatches {
  return async () => {
    const before = new Date(ports.clock.now().getTime() - GRACE_MS).toISOString();
    let resumed = 0;
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<BatchCollection["query"]>> = await ports.batches.query({
        anyOf: { status: ["pending", "running", "canceling"] },
        range: { updatedAt: { to: before } },
        limit: BATCHES_AT_ONCE,
        ...(cursor !== null && { cursor }),
      });
      for (const batch of page.items) {
        const status = await ports.orchestrations.status(runInstanceId(refOf(batch), batch.run));
        if (status === undefined || !["pending", "running", "suspended"].includes(status.state)) {
          await startRun(ports, batch);
          resumed += 1;
        }
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    return { resumed };
  };
}
