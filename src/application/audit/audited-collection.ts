import type { ActiveCalls } from "../ports/active-call.ts";
import type {
  DocumentChange,
  DocumentCollection,
  DocumentFilter,
  DocumentPage,
  DocumentQuery,
  DocumentWriteOptions,
  StoredDocument,
  Versioned,
} from "../ports/documents.ts";
import type { Hasher } from "../ports/hasher.ts";

export interface AuditedCollectionParts<T extends StoredDocument> {
  /** As it is called in audit entries. */
  readonly name: string;
  readonly collection: DocumentCollection<T>;
  readonly activeCalls: ActiveCalls;
  readonly hasher: Pick<Hasher, "sha256Hex">;
}

/** A bulk upload changes thousands of documents; an audit entry stays small. */
const MAX_RECORDED_CHANGES = 100;

/**
 * The same collection; what a request changes in it is written down in the request's {@link ActiveCall}. The hash before a
 * change is known when the request has read the document, which every update with an ETag does.
 */
export class AuditedCollection<T extends StoredDocument> implements DocumentCollection<T> {
  readonly #parts: AuditedCollectionParts<T>;

  constructor(parts: AuditedCollectionParts<T>) {
    this.#parts = parts;
  }

  async read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<T> | undefined> {
    const document = await this.#parts.collection.read(partition, id, signal);
    if (document !== undefined) {
      const known = this.#parts.activeCalls.current()?.knownHashes;
      known?.set(this.#keyOf(partition, id), this.#hashOf(document));
    }
    return document;
  }

  async create(document: T, options?: DocumentWriteOptions): Promise<Versioned<T>> {
    const created = await this.#parts.collection.create(document, options);
    this.#record(document.partition, document.id, created);
    return created;
  }

  async replace(document: T, etag: string, options?: DocumentWriteOptions): Promise<Versioned<T>> {
    const replaced = await this.#parts.collection.replace(document, etag, options);
    this.#record(document.partition, document.id, replaced);
    return replaced;
  }

  async upsert(document: T, options?: DocumentWriteOptions): Promise<Versioned<T>> {
    const written = await this.#parts.collection.upsert(document, options);
    this.#record(document.partition, document.id, written);
    return written;
  }

  async delete(partition: string, id: string, etag?: string): Promise<void> {
    await this.#parts.collection.delete(partition, id, etag);
    this.#record(partition, id, undefined);
  }

  query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<T>> {
    return this.#parts.collection.query(query, signal);
  }

  count(filter: DocumentFilter & { readonly partition?: string }): Promise<number> {
    return this.#parts.collection.count(filter);
  }

  async applyAll(partition: string, changes: readonly DocumentChange<T>[]): Promise<void> {
    await this.#parts.collection.applyAll(partition, changes);
    for (const change of changes) {
      if (change.kind === "delete") {
        this.#record(partition, change.id, undefined);
      } else {
        this.#record(partition, change.document.id, change.document);
      }
    }
  }

  #record(partition: string, id: string, after: T | undefined): void {
    const call = this.#parts.activeCalls.current();
    if (call === undefined) {
      return;
    }
    const key = this.#keyOf(partition, id);
    const hash = after === undefined ? null : this.#hashOf(after);
    call.changeCount += 1;
    if (call.changes.length < MAX_RECORDED_CHANGES) {
      const before = call.knownHashes.get(key) ?? null;
      call.changes.push({ collection: this.#parts.name, id, before, after: hash });
    }
    if (hash === null) {
      call.knownHashes.delete(key);
    } else {
      call.knownHashes.set(key, hash);
    }
  }

  #keyOf(partition: string, id: string): string {
    return JSON.stringify([this.#parts.name, partition, id]);
  }

  /** The ETag is the store's, not the document's. */
  #hashOf(document: T): string {
    const own = Object.entries(document).filter(([name]) => name !== "etag");
    return this.#parts.hasher.sha256Hex(JSON.stringify(own.toSorted(([a], [b]) => (a < b ? -1 : 1))));
  }
}
