import type { OrchestrationContext, OrchestrationHandler, Task } from "durable-functions";
import type { BatchRef } from "../application/batches/batch-ref.ts";
import { type BatchRun, laneInstanceId } from "../application/batches/batch-run.ts";
import type { Refusal } from "../application/ports/activities.ts";
import type { BatchPageActivities } from "../application/ports/batch-activities.ts";
import { ActivityRefused, callActivity } from "./call-activity.ts";
import { Canceled, Cancellation } from "./cancellation.ts";

/** Passes over a page while items fail for a reason that may pass: about two minutes of pauses. */
export const MAX_PASSES = 8;
const FIRST_PAUSE_SECONDS = 2;
const MAX_PAUSE_SECONDS = 30;

type LaneInput = BatchRun & { readonly pages: readonly number[] };
export interface LaneOutput {
  readonly failure: Refusal["refused"] | null;
}

/** Speaks a batch: its pages are dealt out to lanes that run side by side. */
export const runBatchOrchestration: OrchestrationHandler = function* runBatchOrchestration(
  context: OrchestrationContext,
) {
  const input = context.df.getInput<BatchRun>();
  const ref = { batchId: input.batchId, ownerId: input.ownerId };
  const { pages } = yield* callActivity(context, "beginBatch", { ...ref, run: input.run });
  const lanes = Array.from({ length: input.lanes }, (_, lane) =>
    pages.filter((_page, index) => index % input.lanes === lane),
  );
  const outputs = yield* runLanes(context, input, lanes);
  return yield* endBatchRun(context, { ...ref, run: input.run }, outputs);
};

/** Joins the results where that is asked for, and writes what the batch has come to. */
export function* endBatchRun(
  context: OrchestrationContext,
  ref: BatchRef & { readonly run: number },
  outputs: readonly LaneOutput[],
) {
  const failure = outputs.find((output) => output.failure !== null)?.failure ?? null;
  const joinFailure = yield* joinResults(context, ref);
  yield* callActivity(context, "finishBatch", { ...ref, failure: failure ?? joinFailure });
  return { outcome: failure === null ? "done" : "failed" };
}

function* runLanes(
  context: OrchestrationContext,
  input: BatchRun,
  lanes: readonly (readonly number[])[],
): Generator<Task, readonly LaneOutput[], readonly LaneOutput[]> {
  const tasks = lanes.flatMap((pages, lane) =>
    pages.length === 0
      ? []
      : [
          context.df.callSubOrchestrator(
            "runBatchLaneOrchestration",
            { ...input, pages },
            laneInstanceId(input, lane),
          ),
        ],
  );
  return tasks.length === 0 ? [] : yield context.df.Task.all(tasks);
}

function* joinResults(context: OrchestrationContext, ref: BatchRef & { readonly run: number }) {
  try {
    yield* callActivity(context, "joinBatchResults", ref);
    return null;
  } catch (error) {
    return batchFailureOf(error);
  }
}

/** Works through some pages of a batch, one after another. It never fails: what breaks it is its output. */
export const runBatchLaneOrchestration: OrchestrationHandler = function* runBatchLaneOrchestration(
  context: OrchestrationContext,
) {
  const { batchId, ownerId, run, pages, itemsAtOnce } = context.df.getInput<LaneInput>();
  const cancellation = new Cancellation(context);
  try {
    for (const page of pages) {
      yield* runPage(context, cancellation, { batchId, ownerId, run, page, itemsAtOnce });
    }
    return { failure: null };
  } catch (error) {
    return { failure: error instanceof Canceled ? null : batchFailureOf(error) };
  }
};

/** @throws Canceled */
function* runPage(
  context: OrchestrationContext,
  cancellation: Cancellation,
  page: BatchRef & { readonly run: number; readonly page: number; readonly itemsAtOnce: number },
) {
  for (let pass = 1; pass <= MAX_PASSES; pass += 1) {
    cancellation.check();
    const isLast = pass === MAX_PASSES;
    const { outcome } = yield* runToEnd(context, { ...page, isLast });
    if (outcome === "stopped") {
      throw new Canceled();
    }
    if (outcome === "done") {
      return;
    }
    yield* cancellation.pause(passPauseSeconds(pass));
  }
}

/** A page that gives way to others queues up again behind them. */
function* runToEnd(context: OrchestrationContext, page: Parameters<BatchPageActivities["runBatchPage"]>[0]) {
  for (;;) {
    const result = yield* callActivity(context, "runBatchPage", page);
    if (result.outcome !== "more") {
      return result;
    }
  }
}

/** @param pass that has ended, counted from 1. */
export function passPauseSeconds(pass: number): number {
  return Math.min(FIRST_PAUSE_SECONDS * 2 ** (pass - 1), MAX_PAUSE_SECONDS);
}

export function batchFailureOf(error: unknown): Refusal["refused"] {
  if (error instanceof ActivityRefused) {
    return error.refusal;
  }
  return {
    code: "batch-failed",
    message: "A part of the batch kept failing until all attempts were used up.",
    recovery: ["Wait until GET /ready tells that everything is up, then retry the batch."],
  };
}
