import type { OrchestrationContext, OrchestrationHandler, Task } from "durable-functions";
import type { AzureJobRef, AzurePassRef } from "../application/azure-batches/azure-chunks.ts";
import { type BatchRun, laneInstanceId } from "../application/batches/batch-run.ts";
import type { AzureJobProgress } from "../application/ports/azure-batch-activities.ts";
import { ActivityRefused, callActivity } from "./call-activity.ts";
import { Canceled, Cancellation } from "./cancellation.ts";
import { poll } from "./poll.ts";
import { batchFailureOf, endBatchRun, type LaneOutput, MAX_PASSES, passPauseSeconds } from "./run-batch.ts";

/** Half of Azure's jobs end within 20 s, nearly all within two minutes. */
const POLL_PACE = { firstSeconds: 2, maxSeconds: 60 };

/** A job that takes longer is given up. */
const MAX_JOB_MS = 6 * 60 * 60_000;

type ChunkInput = BatchRun & { readonly chunk: number; readonly pages: readonly number[] };

/** What works on one pass over one chunk. */
interface ChunkPass {
  readonly context: OrchestrationContext;
  readonly cancellation: Cancellation;
  readonly ref: AzurePassRef;
  readonly isLast: boolean;
}

/** Has a batch spoken by Azure's batch synthesis: its chunks are worked on side by side. */
export const runAzureBatchOrchestration: OrchestrationHandler = function* runAzureBatchOrchestration(
  context: OrchestrationContext,
) {
  const input = context.df.getInput<BatchRun>();
  const ref = { batchId: input.batchId, ownerId: input.ownerId, run: input.run };
  const { chunks } = yield* callActivity(context, "beginAzureBatch", ref);
  const outputs = yield* runChunks(context, input, chunks);
  return yield* endBatchRun(context, ref, outputs);
};

function* runChunks(
  context: OrchestrationContext,
  input: BatchRun,
  chunks: readonly (readonly number[])[],
): Generator<Task, readonly LaneOutput[], readonly LaneOutput[]> {
  const tasks = chunks.flatMap((pages, chunk) =>
    pages.length === 0
      ? []
      : [
          context.df.callSubOrchestrator(
            "runAzureChunkOrchestration",
            { ...input, chunk, pages },
            laneInstanceId(input, chunk),
          ),
        ],
  );
  return tasks.length === 0 ? [] : yield context.df.Task.all(tasks);
}

/** Has some pages spoken and leaves nothing at Azure. It never fails: what breaks it is its output. */
export const runAzureChunkOrchestration: OrchestrationHandler = function* runAzureChunkOrchestration(
  context: OrchestrationContext,
) {
  const { batchId, ownerId, run, chunk } = context.df.getInput<ChunkInput>();
  const cancellation = new Cancellation(context);
  let failure: LaneOutput["failure"] = null;
  try {
    for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
      cancellation.check();
      const ref = { batchId, ownerId, run, chunk, pass };
      const putOff = yield* runPass({ context, cancellation, ref, isLast: pass === MAX_PASSES });
      if (putOff === 0) {
        return { failure: null };
      }
      yield* cancellation.pause(passPauseSeconds(pass));
    }
  } catch (error) {
    failure = error instanceof Canceled ? null : batchFailureOf(error);
  }
  yield* forgetAzureJobs(context, { batchId, ownerId, run, chunk });
  return { failure };
};

/** @returns how many items are left for another pass. @throws Canceled */
function* runPass(pass: ChunkPass) {
  const { context, cancellation, ref, isLast } = pass;
  const { pages, itemsAtOnce } = context.df.getInput<ChunkInput>();
  const plan = yield* callActivity(context, "planAzureJobs", { ...ref, pages, itemsAtOnce, isLast });
  if (plan.outcome === "stopped") {
    throw new Canceled();
  }
  let { putOff } = plan;
  const open: AzureJobRef[] = [];
  for (let job = 0; job < plan.jobCount; job += 1) {
    cancellation.check();
    const created = yield* createJob(pass, { ...ref, job });
    putOff += created.putOff;
    if (created.isOpen) {
      open.push({ ...ref, job });
    }
  }
  for (const job of open) {
    putOff += yield* followJob(pass, job);
  }
  if (plan.jobCount > 0) {
    const { batchId, ownerId, run, chunk } = ref;
    yield* forgetAzureJobs(context, { batchId, ownerId, run, chunk });
  }
  return putOff;
}

function* createJob(pass: ChunkPass, job: AzureJobRef) {
  try {
    const { isOpen } = yield* callActivity(pass.context, "createAzureJob", job);
    return { isOpen, putOff: 0 };
  } catch (error) {
    return { isOpen: false, putOff: yield* settle(pass, job, error) };
  }
}

/** Waits for one job and copies what it has spoken. @returns how many items are left. @throws Canceled */
function* followJob(pass: ChunkPass, job: AzureJobRef) {
  const { context, cancellation, isLast } = pass;
  const deadlineMs = context.df.currentUtcDateTime.getTime() + MAX_JOB_MS;
  try {
    const progress: AzureJobProgress = yield* poll(POLL_PACE, cancellation, {
      look: () => callActivity(context, "azureJobProgress", job),
      isWanted: ({ state }) => state !== "running" || context.df.currentUtcDateTime.getTime() >= deadlineMs,
    });
    if (progress.state === "failed") {
      const { failure, mayPass } = progress;
      return (yield* callActivity(context, "settleAzureJob", { ...job, failure, mayPass, isLast })).putOff;
    }
    for (let from: number | null = progress.state === "running" ? null : 0; from !== null;) {
      cancellation.check();
      const copied: { readonly next: number | null } = yield* callActivity(context, "copyAzureResults", {
        ...job,
        from,
      });
      from = copied.next;
    }
    cancellation.check();
    return progress.state === "running" ? yield* settle(pass, job, new Error("It took too long.")) : 0;
  } catch (error) {
    if (error instanceof Canceled) {
      throw error;
    }
    return yield* settle(pass, job, error);
  }
}

/** What no repetition of the step has mended may be mended by another job; a refusal may not. */
function* settle({ context, isLast }: ChunkPass, job: AzureJobRef, error: unknown) {
  const mayPass = !(error instanceof ActivityRefused);
  const failure = mayPass ? UNAVAILABLE : error.refusal;
  return (yield* callActivity(context, "settleAzureJob", { ...job, failure, mayPass, isLast })).putOff;
}

const UNAVAILABLE = {
  code: "speech-unavailable",
  message: "Azure's batch synthesis kept failing until all attempts were used up.",
  recovery: ["Wait until the service is back, then POST /api/v1/synthesis/batch/{id}/retry."],
} as const;

/** A job that cannot be deleted now goes when its time to live is over. */
export function* forgetAzureJobs(
  context: OrchestrationContext,
  chunk: {
    readonly batchId: string;
    readonly ownerId: string;
    readonly run: number;
    readonly chunk: number | null;
  },
) {
  try {
    yield* callActivity(context, "removeAzureJobs", chunk);
  } catch {
    // The batch has its results; nothing that could be done here would help.
  }
}
