/** What every stored document has. Dates are ISO-8601 UTC strings, so that they sort as text. */
export interface StoredDocument {
  readonly id: string;
  /** Value of the partition key; for most collections the owner's id. */
  readonly partition: string;
  readonly createdAt: string;
}

export type Versioned<T> = T & {
  /** Opaque; changes with every write. */
  readonly etag: string;
};

export type FieldValue = string | number | boolean | null;

/** All conditions hold together. Field names are top-level properties of the document. */
export interface DocumentFilter {
  readonly equals?: Readonly<Record<string, FieldValue>>;
  readonly anyOf?: Readonly<Record<string, readonly FieldValue[]>>;
  /** Bounds compare as text or number; `from` is inclusive, `to` is exclusive. */
  readonly range?: Readonly<
    Record<string, { readonly from?: string | number; readonly to?: string | number }>
  >;
  /** Case-insensitive substring in any of the fields. */
  readonly text?: { readonly fields: readonly string[]; readonly contains: string };
}

export interface DocumentQuery extends DocumentFilter {
  /** Default: every partition. A user-facing list always names one. */
  readonly partition?: string;
  /** Default: `createdAt`, newest first; ties are broken by `id`. */
  readonly orderBy?: { readonly field: string; readonly direction: "ascending" | "descending" };
  /** 1..1000. */
  readonly limit: number;
  /** From the page before; opaque. */
  readonly cursor?: string;
}

export interface DocumentPage<T> {
  readonly items: readonly Versioned<T>[];
  readonly nextCursor: string | null;
}

export type DocumentChange<T extends StoredDocument> =
  | { readonly kind: "create" | "upsert"; readonly document: T; readonly timeToLiveSeconds?: number }
  | { readonly kind: "replace"; readonly document: T; readonly etag: string }
  | { readonly kind: "delete"; readonly id: string };

/**
 * One collection of documents with optimistic concurrency.
 *
 * @throws {@link ServiceError} `store-unavailable` (retryable) from every method when the store does not answer in time.
 */
export interface DocumentCollection<T extends StoredDocument> {
  /** @returns undefined when there is no such document, or its time to live is over. */
  read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<T> | undefined>;

  /** @throws `document-exists` as a {@link DocumentConflict} when the id is taken in the partition. */
  create(document: T, options?: { readonly timeToLiveSeconds?: number }): Promise<Versioned<T>>;

  /** @throws {@link ServiceError} `precondition-failed` when the stored ETag is another one or the document is gone. */
  replace(document: T, etag: string): Promise<Versioned<T>>;

  upsert(document: T, options?: { readonly timeToLiveSeconds?: number }): Promise<Versioned<T>>;

  /**
   * Deleting what is not there succeeds.
   *
   * @throws {@link ServiceError} `precondition-failed` when `etag` is given and is not the stored one.
   */
  delete(partition: string, id: string, etag?: string): Promise<void>;

  /** @throws {@link ServiceError} `cursor-invalid` for a cursor that this query did not make. */
  query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<T>>;

  count(filter: DocumentFilter & { readonly partition?: string }): Promise<number>;

  /**
   * All changes or none, in one partition; at most 100 changes and 2 MB.
   *
   * @throws what the single operations throw; nothing is written then.
   */
  applyAll(partition: string, changes: readonly DocumentChange<T>[]): Promise<void>;
}

/** The id is already taken in its partition. */
export class DocumentConflict extends Error {
  override readonly name = "DocumentConflict";
}
