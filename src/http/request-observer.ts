import type { Principal } from "../domain/access/principal.ts";
import type { ErrorCode } from "../domain/errors/catalog.ts";
import type { RouteSpec } from "./route.ts";

/** What became of one request, told when its answer's headers are ready. */
export interface RequestOutcome {
  readonly spec: RouteSpec;
  readonly requestId: string;
  readonly traceId: string;
  /** Undefined when the request was refused before the caller was known. */
  readonly principal: Principal | undefined;
  /** Path of the request, without its query. */
  readonly path: string;
  readonly clientAddress: string | undefined;
  readonly status: number;
  readonly code: ErrorCode | undefined;
  /** The unexpected error behind `internal-error`, for the log. */
  readonly cause: unknown;
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Writes down finished requests: the access log, metrics, the audit trail. */
export interface RequestObserver {
  finished(outcome: RequestOutcome): Promise<void>;
}
