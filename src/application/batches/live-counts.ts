import type { Batch } from "../../domain/batch/batch.ts";
import { type BatchCounts, stoppedCounts, sumCounts } from "../../domain/batch/batch-counts.ts";
import type { Clock } from "../ports/clock.ts";
import { refOf } from "./batch-ref.ts";
import type { PageStates } from "./page-states.ts";

/** Nobody sees progress that is older, in ms. */
const MAX_AGE_MS = 250;

type PageCounts = Awaited<ReturnType<PageStates["counts"]>>;

interface Look {
  readonly pages: Promise<PageCounts>;
  readonly untilMs: number;
}

/**
 * Progress of batches under way. The states of the pages, a listing that grows with the batch, are looked at once for all who
 * ask within {@link MAX_AGE_MS}.
 */
export class LiveCounts {
  readonly #pageStates: PageStates;
  readonly #clock: Clock;
  /** By batch, in the order in which they end. */
  readonly #looks = new Map<string, Look>();

  constructor(pageStates: PageStates, clock: Clock) {
    this.#pageStates = pageStates;
    this.#clock = clock;
  }

  /** @throws what {@link PageStates.counts} throws. */
  async of(batch: Batch): Promise<BatchCounts> {
    const pages = await this.#look(batch).pages;
    const counts = sumCounts([...pages.values()], batch.itemCount);
    return batch.status === "canceled" ? stoppedCounts(counts) : counts;
  }

  #look(batch: Batch): Look {
    const nowMs = this.#clock.now().getTime();
    this.#forgetUntil(nowMs);
    const key = `${batch.partition}/${batch.id}`;
    const known = this.#looks.get(key);
    if (known !== undefined) {
      return known;
    }
    const look = { pages: this.#pageStates.counts(refOf(batch)), untilMs: nowMs + MAX_AGE_MS };
    this.#looks.set(key, look);
    look.pages.catch(() => this.#looks.delete(key));
    return look;
  }

  #forgetUntil(nowMs: number): void {
    for (const [key, { untilMs }] of this.#looks) {
      if (untilMs > nowMs) {
        return;
      }
      this.#looks.delete(key);
    }
  }
}
