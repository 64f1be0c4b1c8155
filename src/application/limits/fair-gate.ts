import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Metrics } from "../ports/metrics.ts";

export interface FairGateParts {
  /** Places at this moment, at least 1. */
  readonly places: () => number;
  /** Waiting callers altogether. */
  readonly maxWaiting: number;
  /** Waiting callers of one key. */
  readonly maxWaitingPerKey: number;
  readonly maxWaitMs: number;
  readonly metrics: Metrics;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

export interface GateManners {
  /** Among the callers of the same key, the lowest first. Default: 0. */
  readonly rank?: number;
  /** Waits as long as it takes, also behind a full queue. Default: false. */
  readonly isPatient?: boolean;
}

interface Waiter {
  readonly key: string;
  readonly rank: number;
  readonly enter: () => void;
}

const RETRY_AFTER_SECONDS = 2;

/**
 * Lets a limited number of callers through at once. A place goes to the waiting key that holds the fewest, the one that
 * waits longest among these, so that nobody waits behind the queue of a busier one; of the callers of one key the lowest rank
 * comes first.
 */
export class FairGate {
  readonly #parts: FairGateParts;
  readonly #holding = new Map<string, number>();
  /** In order of arrival. */
  #waiting: readonly Waiter[] = [];
  #held = 0;

  constructor(parts: FairGateParts) {
    this.#parts = parts;
  }

  /**
   * Waits for a place.
   *
   * @returns what gives the place back; calling it twice does no harm.
   * @throws {@link ServiceError} `queue-full` (retryable) when too many wait already, or the wait takes too long; the
   * signal's reason when it aborts.
   */
  async enter(key: string, signal: AbortSignal, manners: GateManners = {}): Promise<() => void> {
    signal.throwIfAborted();
    const startedMs = this.#parts.nowMs();
    if (this.#held >= this.#parts.places() || this.#waiting.length > 0) {
      await this.#wait(key, signal, manners);
    } else {
      this.#hold(key);
    }
    this.#parts.metrics.observe("voice_queue_wait_seconds", {}, (this.#parts.nowMs() - startedMs) / 1000);
    return this.#releaseOnce(key);
  }

  #wait(key: string, signal: AbortSignal, { rank = 0, isPatient = false }: GateManners): Promise<void> {
    if (!isPatient) {
      this.#assertRoom(key);
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(tooLong);
        signal.removeEventListener("abort", onAbort);
      };
      const waiter: Waiter = {
        key,
        rank,
        enter: () => {
          leave();
          resolve();
        },
      };
      const giveUp = (reason: Error): void => {
        leave();
        this.#setWaiting(this.#waiting.filter((other) => other !== waiter));
        reject(reason);
      };
      const onAbort = (): void => giveUp(abortReason(signal));
      // AbortSignal.timeout would live on for all of its time after the wait.
      const tooLong = isPatient
        ? undefined
        : setTimeout(
            () => giveUp(this.#refusal("The wait for a place took too long.")),
            this.#parts.maxWaitMs,
          ).unref();
      signal.addEventListener("abort", onAbort, { once: true });
      this.#setWaiting([...this.#waiting, waiter]);
      this.#admit();
    });
  }

  #assertRoom(key: string): void {
    const { maxWaiting, maxWaitingPerKey } = this.#parts;
    const ofKey = this.#waiting.filter((waiter) => waiter.key === key).length;
    if (this.#waiting.length >= maxWaiting || ofKey >= maxWaitingPerKey) {
      throw this.#refusal("Too many syntheses wait for their turn already.");
    }
  }

  #refusal(message: string): ServiceError {
    this.#parts.metrics.count("voice_queue_refused_total", {});
    return new ServiceError("queue-full", message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }

  #admit(): void {
    while (this.#held < this.#parts.places() && this.#waiting.length > 0) {
      const next = this.#fairest();
      this.#setWaiting(this.#waiting.filter((waiter) => waiter !== next));
      this.#hold(next.key);
      next.enter();
    }
  }

  #fairest(): Waiter {
    const heldBy = ({ key }: Waiter): number => this.#holding.get(key) ?? 0;
    return this.#waiting.reduce((best, waiter) => {
      const isBefore = waiter.key === best.key ? waiter.rank < best.rank : heldBy(waiter) < heldBy(best);
      return isBefore ? waiter : best;
    });
  }

  #hold(key: string): void {
    this.#holding.set(key, (this.#holding.get(key) ?? 0) + 1);
    this.#setHeld(this.#held + 1);
  }

  #releaseOnce(key: string): () => void {
    let isReleased = false;
    return () => {
      if (isReleased) {
        return;
      }
      isReleased = true;
      const left = (this.#holding.get(key) ?? 1) - 1;
      if (left === 0) {
        this.#holding.delete(key);
      } else {
        this.#holding.set(key, left);
      }
      this.#setHeld(this.#held - 1);
      this.#admit();
    };
  }

  #setHeld(held: number): void {
    this.#held = held;
    this.#parts.metrics.set("voice_running_syntheses", {}, held);
  }

  #setWaiting(waiting: readonly Waiter[]): void {
    this.#waiting = waiting;
    this.#parts.metrics.set("voice_queue_length", {}, waiting.length);
  }
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException("The wait was aborted.", "AbortError");
}
