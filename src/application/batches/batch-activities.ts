import { endedStatus, isRunStopped, pageCountOf } from "../../domain/batch/batch.ts";
import { stoppedCounts, sumCounts } from "../../domain/batch/batch-counts.ts";
import type { BatchActivities } from "../ports/batch-activities.ts";
import type { BlobContainer, BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import { isAtWork, type Orchestrations } from "../ports/orchestrations.ts";
import type { NotifyBatchEnded } from "../webhooks/notify-batch-ended.ts";
import { batchFolder } from "./batch-files.ts";
import { readBatch, updateBatch } from "./batch-ref.ts";
import { runInstanceId } from "./batch-run.ts";
import { joinResults } from "./join-results.ts";
import { makeRunBatchPage, type RunBatchPagePorts } from "./run-batch-page.ts";
import { writeManifest } from "./write-manifest.ts";

export interface BatchActivityPorts extends RunBatchPagePorts {
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly notifyBatchEnded: NotifyBatchEnded;
}

/** Files that one call removes. */
const FILES_AT_ONCE = 200;
const CONTAINERS: readonly BlobContainer[] = ["results", "batches"];

export function makeBatchActivities(ports: BatchActivityPorts): BatchActivities {
  const { batches, blobs, orchestrations } = ports;
  return {
    beginBatch: (input) => beginBatch(ports, input),
    runBatchPage: makeRunBatchPage(ports),
    joinBatchResults: async (input) => {
      const batch = await readBatch(batches, input);
      if (batch.output.concatenate && !isRunStopped(batch, input.run)) {
        await joinResults(ports, batch);
      }
      return {};
    },
    finishBatch: (input) => finishBatch(ports, input),
    batchRunHasEnded: async ({ run, ...ref }) => {
      return { hasEnded: !isAtWork(await orchestrations.status(runInstanceId(ref, run))) };
    },
    terminateBatchRun: async ({ run, ...ref }) => {
      await orchestrations.terminate(runInstanceId(ref, run), "The batch is being deleted.");
      return {};
    },
    removeBatchFiles: async (input) => {
      const found = await Promise.all(
        CONTAINERS.map((container) => removeSome(blobs, container, batchFolder(input))),
      );
      return { isEmpty: found.every((count) => count === 0) };
    },
    removeBatch: async ({ ownerId, batchId }) => {
      await batches.delete(ownerId, batchId);
      return {};
    },
  };
}

async function beginBatch(
  ports: BatchActivityPorts,
  input: Parameters<BatchActivities["beginBatch"]>[0],
): ReturnType<BatchActivities["beginBatch"]> {
  const startedAt = ports.clock.now().toISOString();
  const batch = await updateBatch(ports, input, (current) =>
    current.run === input.run && current.status === "pending"
      ? { status: "running", startedAt: current.startedAt ?? startedAt }
      : undefined,
  );
  const counts = await ports.pageStates.counts(input);
  const pages = Array.from({ length: pageCountOf(batch) }, (_, page) => page);
  return {
    pages: isRunStopped(batch, input.run)
      ? []
      : pages.filter((page) => counts.get(page)?.succeeded !== (counts.get(page)?.total ?? -1)),
  };
}

/** What a run has come to; a repetition that comes after the batch was run once more changes nothing. */
async function finishBatch(
  ports: BatchActivityPorts,
  input: Parameters<BatchActivities["finishBatch"]>[0],
): Promise<object> {
  const current = await readBatch(ports.batches, input);
  const pages = await ports.pageStates.counts(input);
  const counts = stoppedCounts(sumCounts([...pages.values()], current.itemCount));
  const ended = await updateBatch(ports, input, (batch) => {
    if (batch.run !== input.run) {
      return undefined;
    }
    const status = endedStatus(batch.status, { counts, hasBroken: input.failure !== null });
    const error = status === "failed" ? (input.failure ?? ALL_FAILED) : null;
    return { status, counts, error, finishedAt: ports.clock.now().toISOString() };
  });
  if (ended.run !== input.run) {
    return {};
  }
  if (current.finishedAt === null && counts.canceled > 0) {
    ports.metrics.count("voice_batch_items_total", { status: "canceled" }, counts.canceled);
  }
  if (ended.status !== "deleting") {
    await writeManifest(ports, ended);
    await ports.notifyBatchEnded(ended);
  }
  return {};
}

const ALL_FAILED = {
  code: "batch-failed",
  message: "None of the items could be spoken.",
  recovery: [
    "Read the errors of its items, correct what they name, then send them again or retry the batch.",
  ],
} as const;

async function removeSome(blobs: BlobStore, container: BlobContainer, prefix: string): Promise<number> {
  const { items } = await blobs.list(container, { prefix, limit: FILES_AT_ONCE });
  await Promise.all(items.map(({ name }) => blobs.delete({ container, name })));
  return items.length;
}
