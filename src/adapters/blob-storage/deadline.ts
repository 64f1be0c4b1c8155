import { blobErrorOf, unavailable } from "./blob-error.ts";

/** Ends a call that waits for the storage without any progress. */
export class Deadline {
  readonly #abort = new AbortController();
  readonly #idleMs: number;
  #timer: NodeJS.Timeout | undefined;
  readonly signal: AbortSignal;

  constructor(idleMs: number, caller: AbortSignal | undefined) {
    this.#idleMs = idleMs;
    this.#start();
    this.signal = caller === undefined ? this.#abort.signal : AbortSignal.any([this.#abort.signal, caller]);
  }

  get isOver(): boolean {
    return this.#abort.signal.aborted;
  }

  /** The storage has moved. */
  touch(): void {
    this.#timer?.refresh();
  }

  /** Time spent on a source of data is not the storage's silence. */
  async pausedFor<T>(work: Promise<T>): Promise<T> {
    this.clear();
    try {
      return await work;
    } finally {
      this.#start();
    }
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #start(): void {
    this.clear();
    this.#timer = setTimeout(() => this.#abort.abort(), this.#idleMs);
  }
}

export interface BlobCall {
  /** How long the storage may be silent. */
  readonly idleMs: number;
  /** Of the caller. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a call of the SDK, the SDK's own retries included.
 *
 * @throws the caller's reason when the caller gives up, otherwise what {@link blobErrorOf} makes of the failure.
 */
export async function callStorage<T>(
  { idleMs, signal }: BlobCall,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const deadline = new Deadline(idleMs, signal);
  try {
    return await work(deadline);
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.isOver ? unavailable(error) : blobErrorOf(error);
  } finally {
    deadline.clear();
  }
}
