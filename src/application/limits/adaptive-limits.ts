import type { Clock } from "../ports/clock.ts";
import type { CollectionDefinition, DocumentCollection, StoredDocument } from "../ports/documents.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import { LIMIT_CLASSES, type LimitClass } from "../ports/request-limiter.ts";
import { type CapacitySignal, type LimitFactor, nextFactor } from "./adaptive-factor.ts";

/** What the instances share about one class of limits. */
export interface SharedLimit extends StoredDocument {
  readonly factor: number;
  readonly changedAtMs: number;
}

/** Where the instances meet; outdated agreements expire. */
export const limitsDefinition: CollectionDefinition = { name: "limits" };

export interface AdaptiveLimitsParts {
  readonly shared: DocumentCollection<SharedLimit>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

const PARTITION = "limits";
const SHARE_INTERVAL_MS = 5_000;
const SHARED_LIFETIME_SECONDS = 3600;

/** Limits that follow what Azure can take right now; instances agree on them every few seconds. */
export class AdaptiveLimits {
  readonly #parts: AdaptiveLimitsParts;
  readonly #factors = new Map<LimitClass, LimitFactor>();
  /** The worst signal of each class since it was last shared. */
  readonly #unshared = new Map<LimitClass, CapacitySignal>();
  #sharedAtMs = 0;

  constructor(parts: AdaptiveLimitsParts) {
    this.#parts = parts;
  }

  /** 0.1..1 */
  factor(limitClass: LimitClass): number {
    return this.#current(limitClass).factor;
  }

  report(limitClass: LimitClass, signal: CapacitySignal): void {
    this.#adopt(limitClass, nextFactor(this.#current(limitClass), signal, this.#nowMs()));
    if (signal !== "ok" || !this.#unshared.has(limitClass)) {
      this.#unshared.set(limitClass, signal);
    }
  }

  /** Agrees with the other instances if the last time is some seconds ago. A store that is down leaves each on its own. */
  async share(): Promise<void> {
    if (this.#nowMs() - this.#sharedAtMs < SHARE_INTERVAL_MS) {
      return;
    }
    this.#sharedAtMs = this.#nowMs();
    const results = await Promise.allSettled(LIMIT_CLASSES.map((limitClass) => this.#shareClass(limitClass)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) {
      this.#parts.logger.log("warning", "Adaptive limits could not be shared", {
        error: String(failed.reason),
      });
    }
  }

  async #shareClass(limitClass: LimitClass): Promise<void> {
    const signal = this.#unshared.get(limitClass);
    this.#unshared.delete(limitClass);
    const stored = await this.#parts.shared.read(PARTITION, limitClass);
    if (stored === undefined) {
      if (this.factor(limitClass) < 1) {
        await this.#write(limitClass, this.#current(limitClass));
      }
      return;
    }
    const agreed = signal === undefined ? stored : nextFactor(stored, signal, this.#nowMs());
    if (agreed !== stored) {
      await this.#write(limitClass, agreed);
    }
    this.#adopt(limitClass, agreed);
  }

  /** The last writer wins: two instances that report the same congestion mean the same step. */
  async #write(limitClass: LimitClass, { factor, changedAtMs }: LimitFactor): Promise<void> {
    const createdAt = this.#parts.clock.now().toISOString();
    await this.#parts.shared.upsert(
      { id: limitClass, partition: PARTITION, createdAt, factor, changedAtMs },
      { timeToLiveSeconds: SHARED_LIFETIME_SECONDS },
    );
  }

  #adopt(limitClass: LimitClass, { factor, changedAtMs }: LimitFactor): void {
    this.#factors.set(limitClass, { factor, changedAtMs });
    this.#parts.metrics.set("voice_effective_limit_ratio", { class: limitClass }, factor);
  }

  #current(limitClass: LimitClass): LimitFactor {
    return this.#factors.get(limitClass) ?? { factor: 1, changedAtMs: 0 };
  }

  #nowMs(): number {
    return this.#parts.clock.now().getTime();
  }
}
