import type { AuditDetails, DocumentChangeRecord } from "../application/ports/active-call.ts";
import type { Principal } from "../domain/access/principal.ts";
import type { ErrorCode } from "../domain/errors/catalog.ts";
import type { RouteSpec } from "./route.ts";
import type { StreamEnding } from "./stream-ending.ts";

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
  /** What the request changed in the store, as far as its collections are audited: the first hundred. */
  readonly changes: readonly DocumentChangeRecord[];
  readonly changeCount: number;
  readonly auditDetails: AuditDetails;
  readonly request: Request;
  readonly response: Response;
  /** Small text bodies, where the operator asked for them in the log. */
  readonly requestBody: string | undefined;
  readonly responseBody: string | undefined;
}

/** What became of a streamed answer after its headers. */
export interface StreamOutcome extends Pick<RequestOutcome, "spec" | "requestId" | "traceId"> {
  readonly ending: StreamEnding;
  /** Since the request came. */
  readonly durationMs: number;
}

/** Writes down finished requests: the access log, metrics, the audit trail. */
export interface RequestObserver {
  finished(outcome: RequestOutcome): Promise<void>;
  /** Neither waits nor fails. Default: the ends of streams are of no interest. */
  streamEnded?(outcome: StreamOutcome): void;
}
