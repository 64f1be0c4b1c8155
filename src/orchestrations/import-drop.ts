import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import type { DroppedVersion } from "../application/drop-folder/start-import.ts";
import { callActivity } from "./call-activity.ts";

/** Makes a batch of one version of a dropped file. */
export const importDropOrchestration: OrchestrationHandler = function* importDropOrchestration(
  context: OrchestrationContext,
) {
  return yield* callActivity(context, "importDroppedFile", context.df.getInput<DroppedVersion>());
};
