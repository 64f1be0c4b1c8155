import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  type RetryPolicy,
} from "cockatiel";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { unavailable } from "./speech-error.ts";

export interface ResilienceOptions {
  readonly maxRetries: number;
  /** Pause before the first retry; it doubles with each. */
  readonly baseDelayMs: number;
  /** A longer `Retry-After` is passed on to the client instead of being waited for. */
  readonly maxDelayMs: number;
  /** Failures in a row that open a circuit. */
  readonly failuresToOpen: number;
  /** How long an open circuit refuses before it tries again. */
  readonly openMs: number;
  /** 0..1, for the jitter. */
  readonly random: () => number;
}

export const DEFAULT_RESILIENCE: ResilienceOptions = {
  maxRetries: 2,
  baseDelayMs: 150,
  maxDelayMs: 3_000,
  failuresToOpen: 8,
  openMs: 5_000,
  random: Math.random,
};

/** Circuits kept; the one used longest ago is forgotten first. */
const MAX_CIRCUITS = 1_000;

/** Repeats what failed before it began, and stops asking what keeps failing. */
export class SpeechResilience {
  readonly #options: ResilienceOptions;
  readonly #retry: RetryPolicy;
  readonly #circuits = new Map<string, CircuitBreakerPolicy>();

  constructor(options: ResilienceOptions = DEFAULT_RESILIENCE) {
    this.#options = options;
    this.#retry = retry(
      handleWhen((error) => this.#isWorthARetry(error)),
      {
        maxAttempts: options.maxRetries,
        backoff: new DelegateBackoff(({ attempt, result }) => {
          const failure = "error" in result ? result.error : undefined;
          return this.#delayMs(attempt, failure);
        }),
      },
    );
  }

  /**
   * Runs the start of a synthesis.
   *
   * @param circuit what fails together: a voice in a region.
   * @throws what the last attempt threw; `speech-unavailable` at once while the circuit is open.
   */
  async start<T>(circuit: string, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const breaker = this.#circuitOf(circuit);
    try {
      return await this.#retry.execute(() => {
        signal.throwIfAborted();
        return breaker.execute(attempt);
      }, signal);
    } catch (error) {
      if (isBrokenCircuitError(error)) {
        const retryAfterSeconds = Math.ceil(this.#options.openMs / 1_000);
        throw unavailable("The speech service keeps failing for this voice.", { retryAfterSeconds });
      }
      throw error;
    }
  }

  #circuitOf(name: string): CircuitBreakerPolicy {
    const circuit =
      this.#circuits.get(name) ??
      circuitBreaker(handleWhen(isOutage), {
        halfOpenAfter: this.#options.openMs,
        breaker: new ConsecutiveBreaker(this.#options.failuresToOpen),
      });
    this.#circuits.delete(name);
    this.#circuits.set(name, circuit);
    const [oldest] = this.#circuits.keys();
    if (this.#circuits.size > MAX_CIRCUITS && oldest !== undefined) {
      this.#circuits.delete(oldest);
    }
    return circuit;
  }

  /** Silence is not: the time that a client has is used up already. */
  #isWorthARetry(error: unknown): boolean {
    const isTransient =
      error instanceof ServiceError &&
      (error.code === "speech-unavailable" || error.code === "speech-throttled");
    return (
      isTransient && error.details["timedOut"] !== true && askedDelayMs(error) <= this.#options.maxDelayMs
    );
  }

  /** Half of the pause is chance, so that callers who failed together do not come back together. */
  #delayMs(attempt: number, error: unknown): number {
    const { baseDelayMs, maxDelayMs, random } = this.#options;
    const ownMs = baseDelayMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
    return Math.min(maxDelayMs, Math.max(ownMs, askedDelayMs(error)));
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof ServiceError && error.code === "speech-unavailable";
}

/** What the service itself asked for, 0 when it did not. */
function askedDelayMs(error: unknown): number {
  const seconds = error instanceof ServiceError ? error.details["upstreamRetryAfterSeconds"] : 0;
  return typeof seconds === "number" ? seconds * 1_000 : 0;
}
