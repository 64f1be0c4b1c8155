import { createHash } from "node:crypto";

import type { Container } from "@azure/cosmos";

import type { Clock } from "../../application/ports/clock.ts";
import type { CounterStore } from "../../application/ports/counters.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { callCosmos, type CosmosCallOptions } from "./cosmos-call.ts";
import { statusOf } from "./cosmos-errors.ts";
import type { StoreRenewal } from "../rotation/store-renewal.ts";

/** Only the first increment of a window competes for more than its turn. */
const MAX_ATTEMPTS = 8;

/** How long a counter outlives its window, so that clocks may differ. */
const TTL_MARGIN_SECONDS = 60;

interface StoredCounter {
  readonly id: string;
  readonly partition: string;
  readonly value: number;
  readonly expiresAtMs: number;
  readonly ttl: number;
}

interface Increment {
  readonly id: string;
  readonly amount: number;
  readonly windowSeconds: number;
}

export interface CosmosCounterOptions {
  /** Opens the container; called before each operation. */
  readonly container: () => Promise<Container>;
  readonly clock: Clock;
  readonly calls: CosmosCallOptions;
  readonly renewal: StoreRenewal;
}

/** Counters as documents that are incremented inside Cosmos DB, so that no increment is lost between instances. */
export class CosmosCounterStore implements CounterStore {
  readonly #container: () => Promise<Container>;
  readonly #clock: Clock;
  readonly #calls: CosmosCallOptions;
  readonly #renewal: StoreRenewal;

  constructor({ container, clock, calls, renewal }: CosmosCounterOptions) {
    this.#renewal = renewal;
    this.#container = container;
    this.#clock = clock;
    this.#calls = calls;
  }

  async increment(key: string, amount: number, windowSeconds: number) {
    const increment = { id: hashed(key), amount, windowSeconds };
    return this.#renewal.repeating(() => this.#increment(increment));
  }

  async #increment(increment: Increment) {
    const container = await this.#container();
    return callCosmos({ ...this.#calls, what: "A counter" }, async (abortSignal) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const counter = await this.#attempt(container, increment, abortSignal);
        if (counter !== undefined) {
          return { value: counter.value, expiresAt: new Date(counter.expiresAtMs) };
        }
      }
      throw new ServiceError("store-unavailable", "A counter changes too often.", { retryAfterSeconds: 1 });
    });
  }

  /** @returns undefined when another instance was faster. */
  async #attempt(
    container: Container,
    increment: Increment,
    abortSignal: AbortSignal,
  ): Promise<StoredCounter | undefined> {
    const item = container.item(increment.id, increment.id);
    try {
      const patch = {
        condition: `FROM c WHERE c.expiresAtMs > ${this.#clock.now().getTime()}`,
        operations: [{ op: "incr" as const, path: "/value", value: increment.amount }],
      };
      const { resource } = await item.patch<StoredCounter>(patch, { abortSignal });
      return resource;
    } catch (error) {
      if (statusOf(error) === 404) {
        return this.#unlessTaken(async () =>
          container.items.create<StoredCounter>(this.#first(increment), { abortSignal }),
        );
      }
      if (statusOf(error) !== 412) {
        throw error;
      }
    }
    const { resource: expired, etag } = await item.read<StoredCounter>({ abortSignal });
    if (expired === undefined || this.#isRunning(expired)) {
      return undefined;
    }
    const accessCondition = { type: "IfMatch", condition: etag };
    return this.#unlessTaken(async () =>
      item.replace<StoredCounter>(this.#first(increment), { accessCondition, abortSignal }),
    );
  }

  async #unlessTaken(
    write: () => Promise<{ readonly resource?: StoredCounter | undefined }>,
  ): Promise<StoredCounter | undefined> {
    try {
      return (await write()).resource;
    } catch (error) {
      if ([404, 409, 412].includes(statusOf(error) ?? 0)) {
        return undefined;
      }
      throw error;
    }
  }

  #isRunning({ expiresAtMs }: StoredCounter): boolean {
    return expiresAtMs > this.#clock.now().getTime();
  }

  #first({ id, amount, windowSeconds }: Increment): StoredCounter {
    return {
      id,
      partition: id,
      value: amount,
      expiresAtMs: this.#clock.now().getTime() + windowSeconds * 1000,
      ttl: Math.ceil(windowSeconds) + TTL_MARGIN_SECONDS,
    };
  }
}

/** Keys name principals. */
function hashed(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
