import type { Json } from "../json.ts";

/** Azure answers no more than this at once. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Collects results until the page is full. The first result always fits. */
export class PageBuilder {
  readonly items: Json[] = [];
  sizeBytes = 0;
  readonly #maxItemCount: number;

  constructor(maxItemCount: number) {
    this.#maxItemCount = maxItemCount;
  }

  /** @returns false when the result belongs to the next page. */
  add(item: Json): boolean {
    const sizeBytes = Buffer.byteLength(JSON.stringify(item));
    const isFull = this.items.length >= this.#maxItemCount || this.sizeBytes + sizeBytes > MAX_PAGE_BYTES;
    if (isFull && this.items.length > 0) {
      return false;
    }
    this.items.push(item);
    this.sizeBytes += sizeBytes;
    return true;
  }
}
