import type { ErrorCode } from "../../domain/errors/catalog.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

/** What Azure OpenAI says when it does not do its work. */
export interface OpenAiFailure {
  /** Undefined when nothing answered in time. */
  readonly status: number | undefined;
  /** Undefined when it does not say how long to wait. */
  readonly retryAfterSeconds: number | undefined;
  /** Of the request, which it refuses; undefined when it names none. */
  readonly field: string | undefined;
}

/** Code of a refusal with 400. */
const CONTENT_FILTER = "content_filter";

/** Reads what the client threw; errors of ours and refusals by the content filter come back as {@link ServiceError}. */
export function openAiFailureOf(cause: unknown): OpenAiFailure | ServiceError {
  if (cause instanceof ServiceError) {
    return cause;
  }
  if (fieldOf(cause, "code") === CONTENT_FILTER) {
    return new ServiceError("content-filtered", "The content filter of Azure OpenAI refuses the text.", {
      cause,
    });
  }
  const status = fieldOf(cause, "status");
  const headers = fieldOf(cause, "headers");
  const field = fieldOf(cause, "param");
  return {
    status: typeof status === "number" ? status : undefined,
    retryAfterSeconds: headers instanceof Headers ? retryAfterOf(headers) : undefined,
    field: typeof field === "string" ? field : undefined,
  };
}

/** For the details of an error of ours. */
export function upstreamDetails({ status }: OpenAiFailure): { readonly upstreamStatus?: number } {
  return status === undefined ? {} : { upstreamStatus: status };
}

/** Whether an error of ours comes from an answer that does not know the credential. */
export function isUnknownCredential(error: unknown): boolean {
  return error instanceof ServiceError && fieldOf(error.cause, "status") === 401;
}

/** How a use of Azure OpenAI calls its failures. */
export interface OpenAiErrorCodes {
  /** The same request may succeed later. */
  readonly unavailable: ErrorCode;
  readonly refused: ErrorCode;
}

/** Used when Azure OpenAI names no time of its own. */
const RETRY_AFTER_SECONDS = 10;

/** @returns the error of ours for what the client threw, where nothing has to be known of the request. */
export function openAiErrorOf(cause: unknown, { unavailable, refused }: OpenAiErrorCodes): ServiceError {
  const failure = openAiFailureOf(cause);
  if (failure instanceof ServiceError) {
    return failure;
  }
  const details = upstreamDetails(failure);
  return isPassing(failure)
    ? new ServiceError(unavailable, "Azure OpenAI does not answer.", {
        details,
        cause,
        retryAfterSeconds: failure.retryAfterSeconds ?? RETRY_AFTER_SECONDS,
      })
    : new ServiceError(refused, `Azure OpenAI refuses the request with ${failure.status}.`, {
        details,
        cause,
      });
}

/** Whether the same request may succeed later. */
function isPassing({ status }: OpenAiFailure): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

function retryAfterOf(headers: Headers): number | undefined {
  const wanted = numberOf(headers.get("retry-after-ms"), 0.001) ?? numberOf(headers.get("retry-after"), 1);
  return wanted === undefined ? undefined : Math.ceil(wanted);
}

function numberOf(text: string | null, unitSeconds: number): number | undefined {
  const value = Number.parseFloat(text ?? "");
  return Number.isFinite(value) ? value * unitSeconds : undefined;
}

function fieldOf(error: unknown, name: string): unknown {
  return error instanceof Error ? Reflect.get(error, name) : undefined;
}
