import { DocumentConflict } from "../../application/ports/documents.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

/** Seconds to wait when Cosmos DB does not say how long. */
const DEFAULT_RETRY_SECONDS = 5;

/** An operator mends a credential, or a rotated key arrives. */
const UNAUTHORIZED_RETRY_SECONDS = 60;

/** Of 403: a region that takes no writes, or is gone, during a fail-over. */
const FAILOVER_SUBSTATUSES: readonly unknown[] = [3, 1008];

/** HTTP status of what the SDK threw; undefined when nothing was answered. */
export function statusOf(error: unknown): number | undefined {
  const code = fieldOf(answerOf(error), "code");
  const status = typeof code === "string" ? Number(code) : code;
  return typeof status === "number" && status >= 400 && status < 600 ? status : undefined;
}

/** The SDK wraps what a batch was answered into another error. */
function answerOf(error: unknown): unknown {
  const cause = fieldOf(error, "cause");
  return fieldOf(error, "code") === undefined && cause !== undefined ? cause : error;
}

/**
 * What the SDK threw, as the ports name it. A 400 is a bug and stays as it is.
 *
 * @param what names the document, for people.
 */
export function errorOf(error: unknown, what: string): unknown {
  const status = statusOf(error);
  if (status === 409) {
    return new DocumentConflict(`The id of ${what} is taken.`, { cause: error });
  }
  if (status === 404 || status === 412) {
    return new ServiceError("precondition-failed", `${what} has changed or is gone.`, { cause: error });
  }
  if (status === 413) {
    return new ServiceError("request-too-large", `${what} is larger than 2 MB.`, { cause: error });
  }
  if (isUnauthorized(error)) {
    return new ServiceError("store-unauthorized", "Cosmos DB refuses the credentials.", {
      cause: error,
      retryAfterSeconds: UNAUTHORIZED_RETRY_SECONDS,
    });
  }
  return isUnavailable(error) ? unavailable(error) : error;
}

function isUnauthorized(error: unknown): boolean {
  const status = statusOf(error);
  return status === 401 || (status === 403 && !isFailover(error));
}

function isFailover(error: unknown): boolean {
  return FAILOVER_SUBSTATUSES.includes(fieldOf(answerOf(error), "substatus"));
}

/** Throttled, failing, timed out or out of reach. */
function isUnavailable(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) {
    return [403, 408, 429, 449].includes(status) || status >= 500;
  }
  const code = fieldOf(answerOf(error), "code");
  const name = fieldOf(answerOf(error), "name");
  return (
    (typeof code === "string" && /^(E[A-Z]+|REQUEST_SEND_ERROR|TimeoutError)$/.test(code)) ||
    (typeof name === "string" && /^(TimeoutError|RestError|AggregateError)$/.test(name))
  );
}

export function unavailable(error: unknown): ServiceError {
  const waitMs = retryAfterMsOf(error);
  const retryAfterSeconds = waitMs === undefined ? DEFAULT_RETRY_SECONDS : Math.ceil(waitMs / 1000);
  return new ServiceError("store-unavailable", "Cosmos DB does not answer in time.", {
    cause: error,
    retryAfterSeconds,
  });
}

/** How long Cosmos DB asks to wait; undefined for anything but throttling. */
export function retryAfterMsOf(error: unknown): number | undefined {
  const waitMs = fieldOf(answerOf(error), "retryAfterInMs");
  return statusOf(error) === 429 && typeof waitMs === "number" ? waitMs : undefined;
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
}
