import { type BatchCounts, countsOf } from "../../domain/batch/batch-counts.ts";
import { BATCH_ITEM_STATUSES, type BatchItemState } from "../../domain/batch/batch-item.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { pageFile, pageFolder } from "./batch-files.ts";
import type { BatchRef } from "./batch-ref.ts";

/** What became of the items of one page. */
export interface PageState {
  /** The run that wrote it last. */
  readonly run: number;
  readonly items: readonly BatchItemState[];
}

/** More than any batch has pages. */
const MAX_PAGES = 1_000;

/**
 * States of pages: a small file each, with the counts in its metadata, so that progress is one listing and nothing is
 * written by two pages.
 */
export class PageStates {
  readonly #blobs: BlobStore;

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  /** @returns undefined for a page that nobody has begun. */
  async read(ref: BatchRef, page: number): Promise<PageState | undefined> {
    const found = await this.#blobs.read(pageFile(ref, page));
    return found === undefined ? undefined : stateOfText(await new Response(found.body).text());
  }

  async write(ref: BatchRef, page: number, state: PageState): Promise<void> {
    const counts = Object.entries(countsOf(state.items)).map(([name, count]) => [name, String(count)]);
    await this.#blobs.write(pageFile(ref, page), new TextEncoder().encode(JSON.stringify(state)), {
      contentType: "application/json",
      metadata: Object.fromEntries(counts),
    });
  }

  /** @returns page → counts, of the pages that were begun. */
  async counts(ref: BatchRef): Promise<ReadonlyMap<number, BatchCounts>> {
    const prefix = pageFolder(ref);
    const { items } = await this.#blobs.list("batches", { prefix, limit: MAX_PAGES });
    return new Map(
      items.map(({ name, metadata }) => [
        Number.parseInt(name.slice(prefix.length), 10),
        countsFrom(metadata),
      ]),
    );
  }
}

function countsFrom(metadata: Readonly<Record<string, string>>): BatchCounts {
  const countOf = (name: string): number => Number(metadata[name] ?? 0);
  const [pending, running, succeeded, failed, canceled] = BATCH_ITEM_STATUSES.map(countOf);
  return {
    total: countOf("total"),
    pending: pending ?? 0,
    running: running ?? 0,
    succeeded: succeeded ?? 0,
    failed: failed ?? 0,
    canceled: canceled ?? 0,
  };
}

/** Nobody but {@link PageStates.write} writes these files, from values of this type. */
function stateOfText(text: string): PageState {
  const state: PageState = JSON.parse(text);
  return state;
}
