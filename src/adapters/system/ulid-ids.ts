import { getRandomValues, randomUUID } from "node:crypto";
import { monotonicFactory, type ULIDFactory } from "ulid";
import type { Clock } from "../../application/ports/clock.ts";
import type { Ids } from "../../application/ports/ids.ts";

/** Sixteen are used for one id; fetching many at once costs as much as fetching one. */
const FETCHED_BYTES = 4096;

/** @returns one byte after another, as 0 ≤ x < 1. */
function randomBytes(): () => number {
  const bytes = new Uint8Array(FETCHED_BYTES);
  let used = FETCHED_BYTES;
  return () => {
    if (used === FETCHED_BYTES) {
      getRandomValues(bytes);
      used = 0;
    }
    const byte = bytes[used] ?? 0;
    used += 1;
    return byte / 256;
  };
}

/** Ids that sort by the time they were made, also within one millisecond. */
export class UlidIds implements Ids {
  readonly #clock: Clock;
  readonly #ulid: ULIDFactory = monotonicFactory(randomBytes());

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
