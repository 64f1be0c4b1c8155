import { errorOf, unavailable } from "./cosmos-errors.ts";

export interface CosmosCall {
  /** What the call is about, for people; names no content. */
  readonly what: string;
  readonly deadlineMs: number;
  /** Of the caller. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call of the SDK, the SDK's own retries included, until its deadline.
 *
 * @throws the caller's reason when the caller gives up, otherwise what {@link errorOf} makes of the failure.
 */
export async function callCosmos<T>(
  { what, deadlineMs, signal }: CosmosCall,
  work: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    return await work(signal === undefined ? deadline : AbortSignal.any([deadline, signal]));
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.aborted ? unavailable(error) : errorOf(error, what);
  }
}
