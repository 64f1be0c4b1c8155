import { randomUUID } from "node:crypto";
import { monotonicFactory, type ULIDFactory } from "ulid";
import type { Clock } from "../../application/ports/clock.ts";
import type { Ids } from "../../application/ports/ids.ts";

/** Ids that sort by the time they were made, also within one millisecond. */
export class UlidIds implements Ids {
  readonly #clock: Clock;
  readonly #ulid: ULIDFactory = monotonicFactory();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(prefix: string): string {
    return `${prefix}_${this.#ulid(this.#clock.now().getTime())}`;
  }

  uuid(): string {
    return randomUUID();
  }
}
