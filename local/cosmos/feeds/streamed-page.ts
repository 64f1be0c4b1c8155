import type { StoredRow } from "../documents/document-table.ts";
import { queryCharge } from "../documents/request-charge.ts";
import { type Json, parseJson, type Value } from "../json.ts";
import { evaluate } from "../sql/evaluate.ts";
import { compareKeys, runQuery, windowOf } from "../sql/run-query.ts";
import { continuationText } from "./continuation.ts";
import { documentScan, type OrderColumns, type QueryContext } from "./document-scan.ts";
import { PageBuilder } from "./page-builder.ts";
import type { FeedPage } from "./query-page.ts";

/** After so many documents a page ends, full or not; Azure's pages end when their share of request units is used up. */
const MAX_SCANNED_DOCUMENTS = 20_000;

/** Reads documents in the order of the query, and no more of them than the page needs. */
export function streamedPage(context: QueryContext, order: OrderColumns): FeedPage {
  const reader = new PageReader(context, order);
  return reader.page();
}

interface Place {
  readonly position: number;
  /** Values of ORDER BY. */
  readonly keys: readonly Value[];
}

class PageReader {
  readonly #context: QueryContext;
  readonly #order: OrderColumns;
  /** Of the document that was read last. */
  #current: Place | undefined;
  #scanned = 0;
  /** Where the next page starts; undefined when there is none. */
  #end: Place | undefined;

  constructor(context: QueryContext, order: OrderColumns) {
    this.#context = context;
    this.#order = order;
  }

  page(): FeedPage {
    const { query, request, continuation } = this.#context;
    const { skip, take } = windowOf(query, request.parameters);
    const before = continuation?.taken ?? 0;
    const page = new PageBuilder(Math.min(request.maxItemCount, take - before));
    const skipped = take > before ? this.#fill(page, skip - (continuation?.skipped ?? 0)) : 0;
    const taken = before + page.items.length;
    const hasMore = this.#end !== undefined && taken < take;
    return {
      items: page.items,
      continuation: hasMore ? this.#continuation(taken, (continuation?.skipped ?? 0) + skipped) : undefined,
      charge: queryCharge(this.#scanned, page.sizeBytes),
    };
  }

  /** @returns how many results were skipped. */
  #fill(page: PageBuilder, toSkip: number): number {
    const { query, request } = this.#context;
    const input = { documents: this.#documents(), parameters: request.parameters, isOrdered: true };
    let skipped = 0;
    let last: Place | undefined;
    for (const item of runQuery(query, input)) {
      if (skipped < toSkip) {
        skipped += 1;
      } else if (!page.add(item)) {
        this.#end = last;
        return skipped;
      }
      last = this.#current;
    }
    return skipped;
  }

  *#documents(): Generator<Json> {
    const { request } = this.#context;
    const { where, values } = documentScan(this.#context);
    const { start, orderBy } = this.#order;
    const rows = request.container.documents.scan({
      where: start === undefined ? where : [...where, start.sql],
      values: start === undefined ? values : [...values, ...start.values],
      orderBy,
    });
    for (const row of rows) {
      const document = parseJson(row.body);
      const keys = this.#keysOf(document);
      if (this.#isBehindStart(row, keys)) {
        if (this.#scanned >= MAX_SCANNED_DOCUMENTS) {
          this.#end = this.#current;
          return;
        }
        this.#scanned += 1;
        this.#current = { position: row.position, keys };
        yield document;
      }
    }
  }

  #keysOf(document: Json): readonly Value[] {
    const { query, request } = this.#context;
    const values = new Map([[query.from?.alias ?? "", document]]);
    const scope = { values, parameters: request.parameters, group: [], run: () => [] };
    return query.orderBy.map(({ expression }) => evaluate(expression, scope));
  }

  #isBehindStart({ position }: StoredRow, keys: readonly Value[]): boolean {
    const { query, continuation } = this.#context;
    const start = continuation?.position ?? null;
    if (start === null) {
      return true;
    }
    const startKeys = continuation?.keys.map(([value]) => value) ?? [];
    const difference = compareKeys(keys, startKeys, query.orderBy);
    return (
      difference > 0 ||
      (difference === 0 && (this.#order.isTailDescending ? position < start : position > start))
    );
  }

  #continuation(taken: number, skipped: number): string {
    const { position, keys } = this.#end ?? { position: null, keys: [] };
    return continuationText({
      fingerprint: this.#context.fingerprint,
      taken,
      skipped,
      position,
      keys: keys.map((value) => (value === undefined ? [] : [value])),
    });
  }
}
