import type { Pool } from "pg";
import type { Clock } from "../../application/ports/clock.ts";
import {
  type CollectionDefinition,
  type DocumentChange,
  type DocumentCollection,
  type DocumentFilter,
  type DocumentPage,
  type DocumentQuery,
  type DocumentWriteOptions,
  MAX_CHANGES_AT_ONCE,
  type StoredDocument,
  type Versioned,
} from "../../application/ports/documents.ts";
import type { StoreRenewal } from "../rotation/store-renewal.ts";
import { orderOf } from "../paging/document-order.ts";
import { decodeCursor, encodeCursor, type KeysetPosition } from "../paging/keyset-cursor.ts";
import { callPostgres } from "./postgres-call.ts";
import { alive, countQuery, pageQuery, type Source } from "./postgres-query.ts";
import { PostgresWrites } from "./postgres-writes.ts";
import { identifier } from "./sql.ts";
import { sweep } from "./sweep.ts";
import { inTransaction } from "./transaction.ts";

export interface PostgresCollectionOptions {
  readonly definition: CollectionDefinition;
  /** Opens the pool and lays out the table; called before each operation. */
  readonly pool: () => Promise<Pool>;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly renewal: StoreRenewal;
}

interface Row {
  readonly document: StoredDocument;
  readonly etag: string;
}

/** Every how many writes this instance looks for rows whose time is over. */
const SWEEP_EVERY_WRITES = 500;

/** A table of documents as `jsonb`, keyed by partition and id. */
export class PostgresCollection<T extends StoredDocument> implements DocumentCollection<T> {
  readonly #options: PostgresCollectionOptions;
  #writes = 0;

  constructor(options: PostgresCollectionOptions) {
    this.#options = options;
  }

  async read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<T> | undefined> {
    const { table, nowMs } = this.#source();
    const { rows } = await this.#call(signal, async (pool) =>
      pool.query<Row>(
        `SELECT document, etag FROM ${identifier(table)} WHERE partition = $1 AND id = $2 AND ${alive("$3")}`,
        [partition, id, nowMs],
      ),
    );
    return rows[0] && versioned<T>(rows[0]);
  }

  async create(document: T, options: DocumentWriteOptions = {}): Promise<Versioned<T>> {
    return this.#write(async (writes) => writes.create(document, options));
  }

  async replace(document: T, etag: string, options: DocumentWriteOptions = {}): Promise<Versioned<T>> {
    return this.#write(async (writes) => writes.replace(document, etag, options));
  }

  async upsert(document: T, options: DocumentWriteOptions = {}): Promise<Versioned<T>> {
    return this.#write(async (writes) => writes.upsert(document, options));
  }

  async delete(partition: string, id: string, etag?: string): Promise<void> {
    await this.#write(async (writes) => writes.delete(partition, id, etag));
  }

  async query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<T>> {
    const order = orderOf(this.#options.definition, query);
    const after = query.cursor === undefined ? undefined : decodeCursor(query, query.cursor);
    if (isImpossible(query)) {
      return { items: [], nextCursor: null };
    }
    // One more than asked for tells whether there is a next page.
    const { text, values } = pageQuery(this.#source(), { query, order, after, count: query.limit + 1 });
    const { rows } = await this.#call(signal, async (pool) => pool.query<Row>(text, [...values]));
    const items = rows.slice(0, query.limit).map((row) => versioned<T>(row));
    const last = items.at(-1);
    const hasMore = last !== undefined && rows.length > items.length;
    return { items, nextCursor: hasMore ? encodeCursor(query, positionOf(last, order.field)) : null };
  }

  async count(filter: DocumentFilter & { readonly partition?: string }): Promise<number> {
    if (isImpossible(filter)) {
      return 0;
    }
    const { text, values } = countQuery(this.#source(), filter);
    const { rows } = await this.#call(undefined, async (pool) =>
      pool.query<{ count: number }>(text, [...values]),
    );
    return rows[0]?.count ?? 0;
  }

  async applyAll(partition: string, changes: readonly DocumentChange<T>[]): Promise<void> {
    const isForeign = changes.some(
      (change) => change.kind !== "delete" && change.document.partition !== partition,
    );
    if (changes.length > MAX_CHANGES_AT_ONCE || isForeign) {
      throw new RangeError(`At most ${MAX_CHANGES_AT_ONCE} changes, all of one partition.`);
    }
    if (changes.length === 0) {
      return;
    }
    const { definition } = this.#options;
    const { nowMs } = this.#source();
    await this.#call(undefined, async (pool) =>
      inTransaction(pool, async (client) => {
        const writes = new PostgresWrites<T>(definition, client, nowMs);
        for (const change of changes) {
          await writes.apply(partition, change);
        }
      }),
    );
  }

  async #write<R>(work: (writes: PostgresWrites<T>) => Promise<R>): Promise<R> {
    const { definition } = this.#options;
    const { table, nowMs } = this.#source();
    return this.#call(undefined, async (pool) => {
      const result = await work(new PostgresWrites<T>(definition, pool, nowMs));
      this.#writes += 1;
      if (this.#writes % SWEEP_EVERY_WRITES === 0) {
        await sweep(pool, table, nowMs);
      }
      return result;
    });
  }

  async #call<R>(signal: AbortSignal | undefined, work: (pool: Pool) => Promise<R>): Promise<R> {
    const { pool, deadlineMs, renewal } = this.#options;
    return callPostgres({ deadlineMs, renewal, signal }, async () => work(await pool()));
  }

  #source(): Source {
    return { table: this.#options.definition.name, nowMs: this.#options.clock.now().getTime() };
  }
}

/** No document fits one of no values. */
function isImpossible({ anyOf }: DocumentFilter): boolean {
  return Object.values(anyOf ?? {}).some((values) => values.length === 0);
}

function positionOf(document: StoredDocument, field: string): KeysetPosition {
  const value: unknown = Reflect.get(document, field);
  if (typeof value !== "string" && typeof value !== "number") {
    throw new TypeError(`Document ${document.id} has no ${field} to be ordered by.`);
  }
  return { value, id: document.id, partition: document.partition };
}

function versioned<T extends StoredDocument>({ document, etag }: Row): Versioned<T> {
  const found = { ...document, etag };
  if (!isVersioned<T>(found)) {
    throw new TypeError("A stored document lacks its id, partition or time of creation.");
  }
  return found;
}

/** The other fields are those that were written, and only documents of type T are. */
function isVersioned<T extends StoredDocument>(document: object): document is Versioned<T> {
  return ["id", "partition", "createdAt", "etag"].every(
    (name) => typeof Reflect.get(document, name) === "string",
  );
}
