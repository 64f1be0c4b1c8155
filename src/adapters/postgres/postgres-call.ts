import { ServiceError } from "../../domain/errors/service-error.ts";
import type { StoreRenewal } from "../rotation/store-renewal.ts";

export interface PostgresCall {
  readonly deadlineMs: number;
  readonly renewal: StoreRenewal;
  /** Of the caller. */
  readonly signal?: AbortSignal | undefined;
}

const RETRY_SECONDS = 5;

/** An operator mends a credential, or a rotated password arrives. */
const UNAUTHORIZED_RETRY_SECONDS = 60;

/** Class: invalid authorization. */
const UNAUTHORIZED_STATES = /^28/;

/** Classes: connection, transaction rolled back, resources, operator. */
const UNAVAILABLE_STATES = /^(08|40|53|57)/;

/** What the driver says when it has no code for it. */
const UNAVAILABLE_MESSAGES = /timeout|terminated|not queryable|Client was closed/i;

/**
 * Runs statements until the deadline, and again when a newer password is there for a refused one. A statement that is given up goes on in the server until the driver's own time
 * limit, and its connection stays out of use until then.
 *
 * @throws the caller's reason when the caller gives up; {@link ServiceError} `store-unavailable` (retryable) when
 * PostgreSQL does not answer in time, `store-unauthorized` (retryable) when it refuses the credentials.
 */
export async function callPostgres<T>(call: PostgresCall, work: () => Promise<T>): Promise<T> {
  return call.renewal.repeating(() => callOnce(call, work));
}

async function callOnce<T>({ deadlineMs, signal }: PostgresCall, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(deadlineMs);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  const { promise: given, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(either.reason);
  either.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([work(), given]);
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.aborted || isUnavailable(error) ? unavailable(error) : refusedOr(error);
  } finally {
    either.removeEventListener("abort", giveUp);
  }
}

function refusedOr(error: unknown): unknown {
  return error instanceof Error && "code" in error && UNAUTHORIZED_STATES.test(String(error.code))
    ? new ServiceError("store-unauthorized", "PostgreSQL refuses the credentials.", {
        cause: error,
        retryAfterSeconds: UNAUTHORIZED_RETRY_SECONDS,
      })
    : error;
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof ServiceError) {
    return false;
  }
  const code = "code" in error ? String(error.code) : "";
  return (
    UNAVAILABLE_STATES.test(code) ||
    /^E[A-Z_]+$/.test(code) ||
    (code === "" && UNAVAILABLE_MESSAGES.test(error.message))
  );
}

function unavailable(cause: unknown): ServiceError {
  return new ServiceError("store-unavailable", "PostgreSQL does not answer in time.", {
    cause,
    retryAfterSeconds: RETRY_SECONDS,
  });
}
