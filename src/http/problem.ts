import { errorCatalog } from "../domain/errors/catalog.ts";
import { ServiceError } from "../domain/errors/service-error.ts";

/** What a problem document says besides the failure itself. */
export interface ProblemContext {
  readonly requestId: string;
  /** Of the request; without one, `type` is relative and `instance` is left out. */
  readonly url?: URL;
  /** Adds the stack of unexpected errors; never in production. Default false. */
  readonly includeStack?: boolean;
}

export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

/**
 * Writes any error as a problem document.
 *
 * @see RFC 9457
 */
export function problemOf(error: unknown, { requestId, url, includeStack }: ProblemContext): Problem {
  const known = asServiceError(error);
  const row = errorCatalog[known.code];
  const document = {
    type: `${url?.origin ?? ""}/docs/errors#${known.code}`,
    title: row.title,
    status: row.status,
    detail: known.message,
    ...(url !== undefined && { instance: url.pathname }),
    code: known.code,
    requestId,
    recovery: known.recovery,
    ...(known.errors.length > 0 && { errors: known.errors }),
    ...(Object.keys(known.details).length > 0 && { details: known.details }),
    ...(known.retryAfterSeconds !== undefined && { retryAfterSeconds: known.retryAfterSeconds }),
    ...(includeStack === true && error instanceof Error && { stack: error.stack }),
  };
  return { status: row.status, headers: problemHeaders(known), body: JSON.stringify(document) };
}

export function problemResponse(error: unknown, context: ProblemContext): Response {
  const { status, headers, body } = problemOf(error, context);
  return new Response(body, { status, headers });
}

/** Anything that is not a {@link ServiceError} is a bug and tells the client nothing but that. */
export function asServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError
    ? error
    : new ServiceError("internal-error", "An unexpected error ended the request.", { cause: error });
}

function problemHeaders(error: ServiceError): Readonly<Record<string, string>> {
  return {
    ...error.headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    ...(error.retryAfterSeconds !== undefined && {
      "retry-after": String(Math.ceil(error.retryAfterSeconds)),
    }),
    ...(errorCatalog[error.code].status === 401 && {
      "www-authenticate": `Bearer realm="voice-cloning", error="${challengeOf(error)}"`,
    }),
  };
}

/** @see RFC 6750 section 3.1 */
function challengeOf(error: ServiceError): string {
  return error.code === "token-missing" ? "invalid_request" : "invalid_token";
}
