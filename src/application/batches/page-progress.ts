import { type BatchItemState, pendingItem, retriedItem } from "../../domain/batch/batch-item.ts";
import type { BatchRef } from "./batch-ref.ts";
import type { BatchItem } from "./items-file.ts";
import type { PageState, PageStates } from "./page-states.ts";

export interface PageAddress extends BatchRef {
  readonly page: number;
  readonly run: number;
}

/** How often a page that is worked on is written down. */
const SAVE_INTERVAL_MS = 1_000;

/** States of the items of one page while they are worked on, written down every second. */
export class PageProgress {
  readonly #pageStates: PageStates;
  readonly #address: PageAddress;
  readonly #items: Map<string, BatchItemState>;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isDirty = true;
  #saving: Promise<void> = Promise.resolve();

  constructor(pageStates: PageStates, address: PageAddress, items: readonly BatchItemState[]) {
    this.#pageStates = pageStates;
    this.#address = address;
    this.#items = new Map(items.map((item) => [item.id, item]));
  }

  get items(): readonly BatchItemState[] {
    return [...this.#items.values()];
  }

  /** Writes the first state, and from then on every second what has changed. */
  async begin(): Promise<void> {
    await this.save();
    this.#timer = setInterval(() => {
      // A save that fails leaves the page dirty; the last one, which counts, is awaited.
      void this.save().catch(() => undefined);
    }, SAVE_INTERVAL_MS);
  }

  set(id: string, changes: Partial<BatchItemState>): void {
    const item = this.#items.get(id);
    if (item !== undefined) {
      this.#items.set(id, { ...item, ...changes });
      this.#isDirty = true;
    }
  }

  /** @throws what the store throws. */
  save(): Promise<void> {
    const next = this.#saving.catch(() => undefined).then(() => this.#write());
    this.#saving = next;
    return next;
  }

  /** Ends the saving in between and writes the last state. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.save();
  }

  async #write(): Promise<void> {
    if (!this.#isDirty) {
      return;
    }
    this.#isDirty = false;
    try {
      const { page, run } = this.#address;
      await this.#pageStates.write(this.#address, page, { run, items: this.items });
    } catch (error) {
      this.#isDirty = true;
      throw error;
    }
  }
}

/** Where a pass begins: after a crash nothing is running any more, and a new run takes up what failed. */
export function startingStates(
  items: readonly BatchItem[],
  state: PageState | undefined,
  run: number,
): readonly BatchItemState[] {
  if (state === undefined) {
    return items.map(({ id }) => pendingItem(id));
  }
  const isNewRun = state.run !== run;
  return state.items.map((item) => {
    if (item.status === "running") {
      return { ...item, status: "pending" };
    }
    return isNewRun ? retriedItem(item) : item;
  });
}
