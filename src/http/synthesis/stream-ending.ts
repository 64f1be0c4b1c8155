import type { Metrics } from "../../application/ports/metrics.ts";
import type { Call } from "../call.ts";
import { asServiceError } from "../problem.ts";

/** How a streamed answer ended, long after its status was sent. */
export type StreamEnding =
  | { readonly outcome: "complete" }
  /** The client has gone. */
  | { readonly outcome: "aborted" }
  | { readonly outcome: "failed"; readonly error: unknown };

export interface EndingParts {
  readonly operation: string;
  readonly metrics: Metrics;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/** Logs and counts the first ending that it is told: what follows from it is no second one. */
export function endingReporter(
  { logger }: Pick<Call, "logger">,
  { operation, metrics, nowMs }: EndingParts,
): (ending: StreamEnding) => void {
  const startedMs = nowMs();
  let isOver = false;
  return (ending) => {
    if (isOver) {
      return;
    }
    isOver = true;
    const { outcome } = ending;
    const attributes = { outcome, durationMs: Math.round(nowMs() - startedMs) };
    metrics.count("voice_streams_total", { operation, outcome });
    if (ending.outcome !== "failed") {
      logger.log("info", "Stream ended", attributes);
      return;
    }
    const { code, message, cause } = asServiceError(ending.error);
    metrics.count("voice_request_errors_total", { operation, code });
    logger.log("error", "Stream ended", {
      ...attributes,
      code,
      error: cause instanceof Error ? (cause.stack ?? cause.message) : message,
    });
  };
}
