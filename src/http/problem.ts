import { errorCatalog } from "../domain/errors/catalog.ts";
import { ServiceError } from "../domain/errors/service-error.ts";

/** What is the same for every problem document of one request. */
export interface ProblemContext {
  readonly requestId: string;
  readonly url: URL;
  /** Adds the stack of unexpected errors; never in production. */
  readonly includeStack: boolean;
}

/**
 * Writes any error as a problem document.
 *
 * @see RFC 9457
 */
export function problemResponse(error: unknown, context: ProblemContext): Response {
  const known = asServiceError(error);
  const row = errorCatalog[known.code];
  const document = {
    type: `${context.url.origin}/docs/errors#${known.code}`,
    title: row.title,
    status: row.status,
    detail: known.message,
    instance: context.url.pathname,
    code: known.code,
    requestId: context.requestId,
    recovery: known.recovery,
    ...(known.errors.length > 0 && { errors: known.errors }),
    ...(Object.keys(known.details).length > 0 && { details: known.details }),
    ...(known.retryAfterSeconds !== undefined && { retryAfterSeconds: known.retryAfterSeconds }),
    ...(context.includeStack && error instanceof Error && { stack: error.stack }),
  };
  return new Response(JSON.stringify(document), { status: row.status, headers: problemHeaders(known) });
}

/** Anything that is not a {@link ServiceError} is a bug and tells the client nothing but that. */
export function asServiceError(error: unknown): ServiceError {
  return error instanceof ServiceError
    ? error
    : new ServiceError("internal-error", "An unexpected error ended the request.", { cause: error });
}

function problemHeaders(error: ServiceError): Headers {
  const headers = new Headers({
    ...error.headers,
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (error.retryAfterSeconds !== undefined) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterSeconds)));
  }
  if (errorCatalog[error.code].status === 401) {
    headers.set("www-authenticate", `Bearer realm="voice-cloning", error="${challengeOf(error)}"`);
  }
  return headers;
}

/** @see RFC 6750 section 3.1 */
function challengeOf(error: ServiceError): string {
  return error.code === "token-missing" ? "invalid_request" : "invalid_token";
}
