import { ServiceError } from "../../domain/errors/service-error.ts";

const RETRY_AFTER_SECONDS = 5;

/** HTTP status of a failure of the storage SDK; undefined for any other failure. */
export function statusOf(error: unknown): number | undefined {
  return isRestError(error) ? error.statusCode : undefined;
}

/**
 * Translates a failure of the storage SDK; the caller's own reason to give up and a broken source stay what they are.
 */
export function blobErrorOf(error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true) {
    return signal.reason;
  }
  if (!isRestError(error)) {
    return error;
  }
  return new ServiceError("store-unavailable", "Blob storage does not answer.", {
    cause: error,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

interface RestErrorLike extends Error {
  readonly statusCode?: number;
}

/** By name, because importing the SDK's class would load the SDK. */
function isRestError(error: unknown): error is RestErrorLike {
  return error instanceof Error && (error.name === "RestError" || error.name === "AbortError");
}
