import type { Metrics } from "../../application/ports/metrics.ts";
import { asServiceError } from "../problem.ts";
import type { RequestObserver } from "../request-observer.ts";

/** Counts and times every request by operation, and counts how streamed answers end. */
export function requestMetrics(metrics: Metrics): RequestObserver {
  return {
    finished({ spec, status, code, durationMs }) {
      const operation = spec.operationId;
      metrics.count("voice_requests_total", { operation, status: String(status) });
      metrics.observe("voice_request_duration_seconds", { operation }, durationMs / 1000);
      if (code !== undefined) {
        metrics.count("voice_request_errors_total", { operation, code });
      }
      return Promise.resolve();
    },
    streamEnded({ spec: { operationId: operation }, ending }) {
      metrics.count("voice_streams_total", { operation, outcome: ending.outcome });
      if (ending.outcome === "failed") {
        metrics.count("voice_request_errors_total", { operation, code: asServiceError(ending.error).code });
      }
    },
  };
}
