import { createHash } from "node:crypto";
import type { LogAttributes, Logger, LogLevel } from "../../application/ports/logger.ts";
import type { Principal } from "../../domain/access/principal.ts";
import { ANONYMOUS } from "../../domain/access/principal.ts";
import { causeText } from "../cause-text.ts";
import { asServiceError } from "../problem.ts";
import type { RequestObserver, RequestOutcome, StreamOutcome } from "../request-observer.ts";

export interface AccessLogOptions {
  /** Method, path and caller of every request. */
  readonly requests: boolean;
  /** Status and duration of every answer. */
  readonly responses: boolean;
  readonly headers: boolean;
}

/** One log line per request, and one for the end of each streamed answer. Failures on our side are always logged, with their cause. */
export function accessLog(logger: Logger, options: AccessLogOptions): RequestObserver {
  return {
    finished(outcome) {
      const isOurFault = outcome.status >= 500;
      if (options.requests || options.responses || isOurFault) {
        logger.log(levelOf(outcome.status), "Request finished", {
          requestId: outcome.requestId,
          traceId: outcome.traceId,
          operation: outcome.spec.operationId,
          principal: principalHash(outcome.principal),
          ...(options.requests || isOurFault ? requestAttributes(outcome) : {}),
          ...(options.responses || isOurFault ? responseAttributes(outcome) : {}),
          ...(options.headers ? headerAttributes(outcome) : {}),
          requestBody: outcome.requestBody,
          responseBody: outcome.responseBody,
        });
      }
      return Promise.resolve();
    },
    streamEnded(outcome) {
      const { outcome: end } = outcome.ending;
      if (options.requests || options.responses || end === "failed") {
        logger.log(end === "failed" ? "error" : "info", "Stream ended", streamAttributes(outcome));
      }
    },
  };
}

/** Tells whether two lines are of one principal, and not who it is. */
export function principalHash(principal: Principal | undefined): string | undefined {
  return principal === undefined || principal === ANONYMOUS
    ? undefined
    : createHash("sha256").update(`${principal.tenantId}/${principal.id}`).digest("hex").slice(0, 16);
}

function levelOf(status: number): LogLevel {
  if (status >= 500) {
    return "error";
  }
  return status >= 400 ? "warning" : "info";
}

function requestAttributes({ request, path, clientAddress }: RequestOutcome): LogAttributes {
  return { method: request.method, path, clientAddress };
}

/** The cause of a refusal stays untold: it may hold what the client sent. */
function responseAttributes(outcome: RequestOutcome): LogAttributes {
  const { status, durationMs, code, cause } = outcome;
  return { status, durationMs, code, error: status >= 500 ? causeText(cause) : undefined };
}

function streamAttributes({ spec, requestId, traceId, durationMs, ending }: StreamOutcome): LogAttributes {
  const common = { requestId, traceId, operation: spec.operationId, outcome: ending.outcome, durationMs };
  if (ending.outcome !== "failed") {
    return common;
  }
  const { code, message, cause } = asServiceError(ending.error);
  return { ...common, code, error: cause instanceof Error ? causeText(cause) : message };
}

function headerAttributes({ request, response }: RequestOutcome): LogAttributes {
  return {
    ...prefixed("requestHeader.", request.headers),
    ...prefixed("responseHeader.", response.headers),
  };
}

function prefixed(prefix: string, headers: Headers): LogAttributes {
  return Object.fromEntries([...headers].map(([name, value]) => [`${prefix}${name}`, value]));
}
