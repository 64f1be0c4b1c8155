import { randomBytes } from "node:crypto";

const TRACE_PARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/** A new span in the caller's trace, or the first span of a new trace. */
export function traceParentFrom(callerTraceParent: string | undefined): string {
  const [, traceId = randomBytes(16).toString("hex"), flags = "00"] =
    TRACE_PARENT.exec(callerTraceParent ?? "") ?? [];
  return `00-${traceId}-${randomBytes(8).toString("hex")}-${flags}`;
}
