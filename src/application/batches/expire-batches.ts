import { BATCH_STATUSES, type Batch, isBatchEnded } from "../../domain/batch/batch.ts";
import { forEachDocument } from "../documents/for-each-document.ts";
import type { Logger } from "../ports/logger.ts";
import { refOf } from "./batch-ref.ts";
import { type ChangeBatchPorts, removeBatch } from "./change-batch.ts";

export interface ExpireBatchesPorts extends ChangeBatchPorts {
  /** Of ended batches, since they last changed; 0 keeps them. */
  readonly retentionDays: number;
  readonly logger: Logger;
}

/** Starts to remove batches whose time is over, and those whose removal was begun and got lost. */
export type ExpireBatches = () => Promise<{ readonly expired: number; readonly resumed: number }>;

const DAY_MS = 86_400_000;

/** Batches that one look takes; the next one goes on. */
const BATCHES_AT_ONCE = 100;

/** A removal that takes longer is looked after; starting one that still runs changes nothing. */
const REMOVAL_MS = 60 * 60_000;

const ENDED_STATUSES = BATCH_STATUSES.filter((status) => isBatchEnded({ status }));

export function makeExpireBatches(ports: ExpireBatchesPorts): ExpireBatches {
  return async () => ({
    expired:
      ports.retentionDays === 0 ? 0 : await removeOlder(ports, ENDED_STATUSES, ports.retentionDays * DAY_MS),
    resumed: await removeOlder(ports, ["deleting"], REMOVAL_MS),
  });
}

async function removeOlder(
  ports: ExpireBatchesPorts,
  statuses: readonly Batch["status"][],
  ageMs: number,
): Promise<number> {
  const before = new Date(ports.clock.now().getTime() - ageMs).toISOString();
  const { items } = await ports.batches.query({
    anyOf: { status: statuses },
    range: { updatedAt: { to: before } },
    orderBy: { field: "createdAt", direction: "ascending" },
    limit: BATCHES_AT_ONCE,
  });
  return forEachDocument(items, ports.logger, async (batch) => {
    await removeBatch(ports, refOf(batch), (current) => current.updatedAt < before);
    return true;
  });
}
