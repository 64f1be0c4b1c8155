import { ServiceError } from "../../domain/errors/service-error.ts";
import type { SpanAttributes } from "../ports/tracer.ts";

/**
 * What a span says of the failure that ended it: the error's code, and the status of the outside system where it is known.
 * Application Insights drops OpenTelemetry's own `error.type`, and status codes of spans without an HTTP method, so that
 * queries read these.
 */
export function failureAttributes(error: unknown): SpanAttributes {
  if (!(error instanceof ServiceError)) {
    return { "voice.error_code": "internal-error" };
  }
  const { upstreamStatus } = error.details;
  return {
    "voice.error_code": error.code,
    ...(upstreamStatus !== undefined && { "voice.upstream_status": upstreamStatus }),
  };
}
