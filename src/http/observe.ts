import type { Logger } from "../application/ports/logger.ts";
import { causeText } from "./cause-text.ts";
import type { RequestObserver, RequestOutcome } from "./request-observer.ts";

/** Tells every observer. One that fails costs a log line, never the answer. */
export async function tellObservers(
  observers: readonly RequestObserver[],
  outcome: RequestOutcome,
  logger: Logger,
): Promise<void> {
  const results = await Promise.allSettled(observers.map((observer) => observer.finished(outcome)));
  for (const result of results) {
    if (result.status === "rejected") {
      logger.log("error", "A request observer failed", {
        requestId: outcome.requestId,
        error: causeText(result.reason),
      });
    }
  }
}
