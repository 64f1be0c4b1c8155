import { everyDocument } from "../documents/every-document.ts";
import { forEachDocument } from "../documents/for-each-document.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import { isAtWork, type Orchestrations } from "../ports/orchestrations.ts";
import { type BatchCollection, refOf } from "./batch-ref.ts";
import { runInstanceId, startRun } from "./batch-run.ts";

export interface ResumeBatchesPorts {
  readonly batches: BatchCollection;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly batchConcurrency: number;
}

/** Whoever made a batch has this long to start it. */
const GRACE_MS = 60_000;

/** Starts batches whose run was never started or has died, so that none is at work for ever. */
export type ResumeBatches = () => Promise<{ readonly resumed: number }>;

export function makeResumeBatches(ports: ResumeBatchesPorts): ResumeBatches {
  return async () => {
    const before = new Date(ports.clock.now().getTime() - GRACE_MS).toISOString();
    const unfinished = everyDocument(ports.batches, {
      anyOf: { status: ["pending", "running", "canceling"] },
      range: { updatedAt: { to: before } },
    });
    const resumed = await forEachDocument(unfinished, ports.logger, async (batch) => {
      if (isAtWork(await ports.orchestrations.status(runInstanceId(refOf(batch), batch.run)))) {
        return false;
      }
      await startRun(ports, batch);
      return true;
    });
    return { resumed };
  };
}
