import type { BatchItemState } from "../../domain/batch/batch-item.ts";
import type { BatchRef } from "../batches/batch-ref.ts";
import type { PageStates } from "../batches/page-states.ts";

/** States of items on several pages, written back where they have changed. One chunk writes a page at a time. */
export class PageBook {
  readonly #pageStates: PageStates;
  readonly #ref: BatchRef & { readonly run: number };
  /** Items ask side by side: all of them must change the same map. */
  readonly #pages = new Map<number, Promise<Map<string, BatchItemState>>>();
  readonly #changed = new Set<number>();

  constructor(pageStates: PageStates, ref: BatchRef & { readonly run: number }) {
    this.#pageStates = pageStates;
    this.#ref = ref;
  }

  async item(page: number, id: string): Promise<BatchItemState | undefined> {
    return (await this.#page(page)).get(id);
  }

  async set(page: number, id: string, changes: Partial<BatchItemState>): Promise<void> {
    const items = await this.#page(page);
    const item = items.get(id);
    if (item !== undefined) {
      items.set(id, { ...item, ...changes });
      this.#changed.add(page);
    }
  }

  /** @throws what the store throws. */
  async save(): Promise<void> {
    const { run } = this.#ref;
    for (const page of this.#changed) {
      const items = [...(await this.#page(page)).values()];
      await this.#pageStates.write(this.#ref, page, { run, items });
    }
    this.#changed.clear();
  }

  #page(page: number): Promise<Map<string, BatchItemState>> {
    let items = this.#pages.get(page);
    if (items === undefined) {
      items = this.#read(page);
      this.#pages.set(page, items);
    }
    return items;
  }

  async #read(page: number): Promise<Map<string, BatchItemState>> {
    const state = await this.#pageStates.read(this.#ref, page);
    return new Map((state?.items ?? []).map((item) => [item.id, item]));
  }
}

/** Whether it is still to be spoken. */
export function isOpen(item: BatchItemState | undefined): boolean {
  return item?.status === "pending" || item?.status === "running";
}
