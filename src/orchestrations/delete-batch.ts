import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { BatchRef } from "../application/batches/batch-ref.ts";
import { callActivity } from "./call-activity.ts";
import { forgetAzureJobs } from "./run-azure-batch.ts";

/** How long a run may take to notice that it was stopped. */
const RUN_END_LOOKS = 30;
const LOOK_INTERVAL_MS = 1_000;

/** Waits for the run to end, then removes everything that the batch has stored. */
export const deleteBatchOrchestration: OrchestrationHandler = function* deleteBatchOrchestration(
  context: OrchestrationContext,
) {
  const { run, ...ref } = context.df.getInput<BatchRef & { readonly run: number }>();
  for (let look = 1; look <= RUN_END_LOOKS; look += 1) {
    const { hasEnded } = yield* callActivity(context, "batchRunHasEnded", { ...ref, run });
    if (hasEnded) {
      break;
    }
    if (look === RUN_END_LOOKS) {
      yield* callActivity(context, "terminateBatchRun", { ...ref, run });
      yield* forgetAzureJobs(context, { ...ref, run, chunk: null });
    }
    yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + LOOK_INTERVAL_MS));
  }
  for (let isEmpty = false; !isEmpty;) {
    ({ isEmpty } = yield* callActivity(context, "removeBatchFiles", ref));
  }
  yield* callActivity(context, "removeBatch", ref);
  return { outcome: "deleted" };
};
