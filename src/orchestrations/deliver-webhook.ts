import type { OrchestrationContext, OrchestrationHandler } from "durable-functions";
import { callActivity } from "./call-activity.ts";

/** Pauses between attempts: a little over a day altogether. */
const PAUSES_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 28_800];

/** Delivers one notification, with pauses that grow. */
export const deliverWebhookOrchestration: OrchestrationHandler = function* deliverWebhookOrchestration(
  context: OrchestrationContext,
) {
  const input = context.df.getInput<{ readonly deliveryId: string; readonly ownerId: string }>();
  for (let attempt = 0; ; attempt += 1) {
    const pauseSeconds = PAUSES_SECONDS[attempt];
    const { isOver } = yield* callActivity(context, "deliverWebhook", {
      ...input,
      isLast: pauseSeconds === undefined,
    });
    if (isOver || pauseSeconds === undefined) {
      return { attempts: attempt + 1 };
    }
    const end = new Date(context.df.currentUtcDateTime.getTime() + pauseSeconds * 1_000);
    yield context.df.createTimer(end);
  }
};
