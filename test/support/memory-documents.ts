import { randomUUID } from "node:crypto";

import { decodeCursor, encodeCursor, type KeysetPosition } from "../../src/adapters/paging/keyset-cursor.ts";
import { type DocumentOrder, orderOf } from "../../src/adapters/paging/document-order.ts";
import type { Clock } from "../../src/application/ports/clock.ts";
import {
  type CollectionDefinition,
  type DocumentChange,
  type DocumentCollection,
  DocumentConflict,
  type DocumentFilter,
  type DocumentPage,
  type DocumentQuery,
  type DocumentWriteOptions,
  MAX_CHANGES_AT_ONCE,
  type StoredDocument,
  type Versioned,
} from "../../src/application/ports/documents.ts";
import { ServiceError } from "../../src/domain/errors/service-error.ts";
import { matches } from "./memory-document-filter.ts";

interface Row<T> {
  readonly document: T;
  readonly etag: string;
  readonly expiresAtMs: number;
}
type Rows<T> = ReadonlyMap<string, Row<T>>;

/** Documents in a map. It keeps the port's promises, so that use cases cannot tell it from a store. */
export class MemoryDocuments<T extends StoredDocument> implements DocumentCollection<T> {
  /** Thrown by every method while it is set: a store that is down. */
  failure: Error | undefined;
  readonly #definition: CollectionDefinition;
  readonly #clock: Clock;
  #rows: Rows<T> = new Map();

  constructor(definition: CollectionDefinition, clock: Clock = { now: () => new Date() }) {
    this.#definition = definition;
    this.#clock = clock;
  }

  async read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<T> | undefined> {
    const row = this.#living(signal).get(keyOf(partition, id));
    return row && versioned(row);
  }

  async create(document: T, options?: DocumentWriteOptions): Promise<Versioned<T>> {
    return this.#apply({ kind: "create", document, ...options });
  }

  async replace(document: T, etag: string, options?: DocumentWriteOptions): Promise<Versioned<T>> {
    return this.#apply({ kind: "replace", document, etag, ...options });
  }

  async upsert(document: T, options?: DocumentWriteOptions): Promise<Versioned<T>> {
    return this.#apply({ kind: "upsert", document, ...options });
  }

  async delete(partition: string, id: string, etag?: string): Promise<void> {
    const rows = new Map(this.#living());
    const stored = rows.get(keyOf(partition, id));
    if (stored !== undefined && etag !== undefined && stored.etag !== etag) {
      throw new ServiceError("precondition-failed", `Document ${id} has changed.`);
    }
    rows.delete(keyOf(partition, id));
    this.#rows = rows;
  }

  async query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<T>> {
    const order = orderOf(this.#definition, query);
    const byPosition = comparison(order);
    const start = query.cursor === undefined ? undefined : decodeCursor(query, query.cursor);
    const found = this.#matching(query, signal)
      .toSorted((a, b) => byPosition(positionOf(a.document, order), positionOf(b.document, order)))
      .filter((row) => start === undefined || byPosition(start, positionOf(row.document, order)) < 0);
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const hasMore = last !== undefined && found.length > page.length;
    return {
      items: page.map(versioned),
      nextCursor: hasMore ? encodeCursor(query, positionOf(last.document, order)) : null,
    };
  }

  async count(filter: DocumentFilter & { readonly partition?: string }): Promise<number> {
    return this.#matching(filter).length;
  }

  async applyAll(partition: string, changes: readonly DocumentChange<T>[]): Promise<void> {
    const isForeign = changes.some(
      (change) => change.kind !== "delete" && change.document.partition !== partition,
    );
    if (changes.length > MAX_CHANGES_AT_ONCE || isForeign) {
      throw new RangeError(`At most ${MAX_CHANGES_AT_ONCE} changes, all of one partition.`);
    }
    const rows = new Map(this.#living());
    for (const change of changes) {
      if (change.kind === "delete") {
        rows.delete(keyOf(partition, change.id));
      } else {
        this.#write(rows, change);
      }
    }
    this.#rows = rows;
  }

  #apply(change: Exclude<DocumentChange<T>, { kind: "delete" }>): Versioned<T> {
    const rows = new Map(this.#living());
    const row = this.#write(rows, change);
    this.#rows = rows;
    return versioned(row);
  }

  #write(rows: Map<string, Row<T>>, change: Exclude<DocumentChange<T>, { kind: "delete" }>): Row<T> {
    const key = keyOf(change.document.partition, change.document.id);
    const stored = rows.get(key);
    if (change.kind === "create" && stored !== undefined) {
      throw new DocumentConflict(`The id ${change.document.id} is taken.`);
    }
    if (change.kind === "replace" && stored?.etag !== change.etag) {
      throw new ServiceError("precondition-failed", `Document ${change.document.id} has changed or is gone.`);
    }
    const seconds = change.timeToLiveSeconds ?? this.#definition.defaultTimeToLiveSeconds ?? Infinity;
    const row = {
      document: withoutEtag(change.document),
      etag: randomUUID(),
      expiresAtMs: this.#clock.now().getTime() + seconds * 1000,
    };
    rows.set(key, row);
    return row;
  }

  #matching(filter: DocumentFilter & { readonly partition?: string }, signal?: AbortSignal): Row<T>[] {
    return [...this.#living(signal).values()].filter(
      ({ document }) =>
        (filter.partition === undefined || document.partition === filter.partition) &&
        matches(document, filter),
    );
  }

  #living(signal?: AbortSignal): Rows<T> {
    signal?.throwIfAborted();
    if (this.failure !== undefined) {
      throw this.failure;
    }
    const nowMs = this.#clock.now().getTime();
    return new Map([...this.#rows].filter(([, row]) => row.expiresAtMs > nowMs));
  }
}

function keyOf(partition: string, id: string): string {
  return JSON.stringify([partition, id]);
}

function withoutEtag<T extends StoredDocument>(document: T): T {
  const copy = structuredClone(document);
  Reflect.deleteProperty(copy, "etag");
  return copy;
}

function versioned<T extends StoredDocument>(row: Row<T>): Versioned<T> {
  return { ...structuredClone(row.document), etag: row.etag };
}

function positionOf(document: StoredDocument, { field }: DocumentOrder): KeysetPosition {
  const value: unknown = Reflect.get(document, field);
  if (typeof value !== "string" && typeof value !== "number") {
    throw new TypeError(`Document ${document.id} has no ${field} to be ordered by.`);
  }
  return { value, id: document.id, partition: document.partition };
}

function comparison({ direction }: DocumentOrder): (a: KeysetPosition, b: KeysetPosition) => number {
  const sign = direction === "ascending" ? 1 : -1;
  return (a, b) =>
    sign * (compare(a.value, b.value) || compare(a.id, b.id) || compare(a.partition, b.partition));
}

function compare(a: string | number, b: string | number): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
