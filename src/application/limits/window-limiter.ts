import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { CounterStore } from "../ports/counters.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { LimitClass, LimitSubject, RequestLimiter } from "../ports/request-limiter.ts";
import type { AdaptiveLimits } from "./adaptive-limits.ts";
import { limitHeaders } from "./limit-headers.ts";

const WINDOW_SECONDS = 60;

/** Keys over their limit that this instance remembers without asking the store again. */
const MAX_BLOCKED_KEYS = 10_000;

export interface WindowLimiterParts {
  readonly counters: CounterStore;
  readonly adaptive: AdaptiveLimits;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Requests per minute and subject. */
  readonly limits: Readonly<Record<LimitClass, number>>;
}

/** Counts requests per subject and class in windows of a minute, exactly across instances. */
export class WindowLimiter implements RequestLimiter {
  readonly #parts: WindowLimiterParts;
  readonly #blockedUntil = new Map<string, Date>();

  constructor(parts: WindowLimiterParts) {
    this.#parts = parts;
  }

  async take(subject: LimitSubject, limitClass: LimitClass): Promise<Readonly<Record<string, string>>> {
    const { counters, adaptive } = this.#parts;
    await adaptive.share();
    const limit = this.#effectiveLimit(limitClass);
    const key = `rate:${limitClass}:${subject.kind}:${subject.id}`;
    const blockedUntil = this.#blocked(key);
    if (blockedUntil !== undefined) {
      throw this.#refusal(limitClass, limit, blockedUntil);
    }
    const { value, expiresAt } = await counters.increment(key, 1, WINDOW_SECONDS);
    if (value > limit) {
      this.#block(key, expiresAt);
      throw this.#refusal(limitClass, limit, expiresAt);
    }
    return this.#headers({ limitClass, limit, remaining: limit - value, resetAt: expiresAt });
  }

  #effectiveLimit(limitClass: LimitClass): number {
    return Math.max(1, Math.floor(this.#parts.limits[limitClass] * this.#parts.adaptive.factor(limitClass)));
  }

  #headers(state: {
    readonly limitClass: LimitClass;
    readonly limit: number;
    readonly remaining: number;
    readonly resetAt: Date;
  }): Readonly<Record<string, string>> {
    const resetSeconds = this.#secondsUntil(state.resetAt);
    return limitHeaders({ ...state, windowSeconds: WINDOW_SECONDS, resetSeconds });
  }

  #refusal(limitClass: LimitClass, limit: number, resetAt: Date): ServiceError {
    this.#parts.metrics.count("voice_rate_limited_total", { class: limitClass });
    return new ServiceError("rate-limited", `At most ${limit} requests of this kind per minute.`, {
      details: { class: limitClass, limit, windowSeconds: WINDOW_SECONDS },
      retryAfterSeconds: this.#secondsUntil(resetAt),
      headers: this.#headers({ limitClass, limit, remaining: 0, resetAt }),
    });
  }

  #secondsUntil(time: Date): number {
    return Math.max(1, Math.ceil((time.getTime() - this.#parts.clock.now().getTime()) / 1000));
  }

  #blocked(key: string): Date | undefined {
    const until = this.#blockedUntil.get(key);
    if (until !== undefined && until <= this.#parts.clock.now()) {
      this.#blockedUntil.delete(key);
      return undefined;
    }
    return until;
  }

  #block(key: string, until: Date): void {
    const oldest = this.#blockedUntil.keys().next();
    if (this.#blockedUntil.size >= MAX_BLOCKED_KEYS && oldest.done !== true) {
      this.#blockedUntil.delete(oldest.value);
    }
    this.#blockedUntil.set(key, until);
  }
}
