import { randomBytes } from "node:crypto";

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NO_TRACE_ID = "0".repeat(32);
const NO_SPAN_ID = "0".repeat(16);

export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  /** Two hexadecimal digits; the last bit says that the trace is recorded. */
  readonly flags: string;
}

/** @returns undefined for anything that is no valid trace context of version 00. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header ?? "") ?? [];
  const isValid = traceId !== NO_TRACE_ID && spanId !== NO_SPAN_ID;
  return traceId !== undefined && spanId !== undefined && flags !== undefined && isValid
    ? { traceId, spanId, flags }
    : undefined;
}

/** A new span in the same trace, or in a new one. */
export function childOf(parent: TraceContext | undefined): TraceContext {
  return {
    traceId: parent?.traceId ?? randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    flags: parent?.flags ?? "01",
  };
}

export function traceparentOf({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags}`;
}
