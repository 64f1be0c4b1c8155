import { ServiceError } from "../../domain/errors/service-error.ts";

/** Seconds to wait when the storage does not say how long. */
const DEFAULT_RETRY_SECONDS = 5;

/** HTTP status of what the SDK threw; undefined when nothing was answered. */
export function statusOf(error: unknown): number | undefined {
  const status = fieldOf(error, "statusCode");
  return typeof status === "number" ? status : undefined;
}

/** An operator mends a credential, or a rotated key arrives. */
const UNAUTHORIZED_RETRY_SECONDS = 60;

/** What the SDK threw, as the port names it. A mistake of ours stays as it is. */
export function blobErrorOf(error: unknown): unknown {
  const status = statusOf(error);
  if (status === 401 || status === 403) {
    return new ServiceError("store-unauthorized", "Blob storage refuses the credentials.", {
      cause: error,
      retryAfterSeconds: UNAUTHORIZED_RETRY_SECONDS,
    });
  }
  const isUnavailable =
    status === undefined ? isNetworkFailure(error) : status === 408 || status === 429 || status >= 500;
  return isUnavailable ? unavailable(error) : error;
}

export function unavailable(cause: unknown): ServiceError {
  return new ServiceError("store-unavailable", "Blob storage does not answer in time.", {
    cause,
    retryAfterSeconds: retryAfterOf(cause) ?? DEFAULT_RETRY_SECONDS,
  });
}

function isNetworkFailure(error: unknown): boolean {
  const code = fieldOf(error, "code");
  return typeof code === "string" && /^(E[A-Z]{2,}|REQUEST_SEND_ERROR|UND_ERR_[A-Z_]+)$/.test(code);
}

function retryAfterOf(error: unknown): number | undefined {
  const headers = fieldOf(fieldOf(error, "response"), "headers");
  if (
    !(
      typeof headers === "object" &&
      headers !== null &&
      "get" in headers &&
      typeof headers.get === "function"
    )
  ) {
    return undefined;
  }
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.ceil(seconds) : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
