import { randomBytes } from "node:crypto";

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const INVALID_TRACE_ID = "0".repeat(32);

export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  /** `00-{traceId}-{spanId}-{flags}` with this request's own span. */
  readonly traceparent: string;
}

/**
 * Continues the caller's trace, or starts one.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
export function traceContextOf(header: string | null): TraceContext {
  const [, traceId, , flags] = TRACEPARENT.exec(header ?? "") ?? [];
  const spanId = randomBytes(8).toString("hex");
  const continued =
    traceId === undefined || traceId === INVALID_TRACE_ID ? randomBytes(16).toString("hex") : traceId;
  return { traceId: continued, spanId, traceparent: `00-${continued}-${spanId}-${flags ?? "01"}` };
}
