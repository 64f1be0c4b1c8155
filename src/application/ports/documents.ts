/** What every stored document has. Dates are ISO-8601 UTC strings, so that they sort as text. */
export interface StoredDocument {
  readonly id: string;
  /** Value of the partition key; for most collections the owner's id. */
  readonly partition: string;
  readonly createdAt: string;
}

/** What a store must know of a collection before it can hold it. */
export interface CollectionDefinition {
  /** Kebab case, at most 60 characters: the container in Cosmos DB, the table in PostgreSQL. */
  readonly name: string;
  /**
   * Fields that queries order by beside `createdAt`; every document has them, as text or as a number.
   * Ordering by another field is a bug: a store throws an Error that is not a ServiceError.
   */
  readonly orderedBy?: readonly string[];
  /** Fields that no query filters or orders by, however deep; a store need not index them. */
  readonly unqueried?: readonly string[];
  /** For documents that are written without their own time to live. Default: they stay. */
  readonly defaultTimeToLiveSeconds?: number;
}

export interface DocumentWriteOptions {
  /** Counts from this write. Default: what the collection's definition says. */
  readonly timeToLiveSeconds?: number;
}

export type Versioned<T> = T & {
  /** Opaque, without quotes; changes with every write. */
  readonly etag: string;
};

export type FieldValue = string | number | boolean | null;

/**
 * All conditions hold together. Field names are top-level properties of the document.
 * A condition on a field that a document does not have never holds: a missing field is not `null`.
 */
export interface DocumentFilter {
  readonly equals?: Readonly<Record<string, FieldValue>>;
  /** Fields that the document does not have; one that is null is there. */
  readonly missing?: readonly string[];
  readonly anyOf?: Readonly<Record<string, readonly FieldValue[]>>;
  /** Bounds compare as text or number; `from` is inclusive, `to` is exclusive. */
  readonly range?: Readonly<
    Record<string, { readonly from?: string | number; readonly to?: string | number }>
  >;
  /** By field that holds an object: names inside it, and the texts that stand there. Names may be any text. */
  readonly members?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Case-insensitive substring in any of the fields. */
  readonly text?: { readonly fields: readonly string[]; readonly contains: string };
}

export interface DocumentQuery extends DocumentFilter {
  /** Default: every partition. A user-facing list always names one. */
  readonly partition?: string;
  /** Default: `createdAt`, newest first; ties are broken by `id` in the same direction. */
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

/** What {@link DocumentCollection.applyAll} takes; Cosmos DB takes no more in one transaction. */
export const MAX_CHANGES_AT_ONCE = 100;

export type DocumentChange<T extends StoredDocument> =
  | ({ readonly kind: "create" | "upsert"; readonly document: T } & DocumentWriteOptions)
  | ({ readonly kind: "replace"; readonly document: T; readonly etag: string } & DocumentWriteOptions)
  | { readonly kind: "delete"; readonly id: string };

/**
 * One collection of documents with optimistic concurrency. An `etag` inside a document that is written is not stored.
 *
 * @throws {@link ServiceError} `store-unavailable` (retryable) from every method when the store does not answer in time,
 * `store-unauthorized` (retryable) when it refuses the credentials.
 */
export interface DocumentCollection<T extends StoredDocument> {
  /** @returns undefined when there is no such document, or its time to live is over. */
  read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<T> | undefined>;

  /** @throws `document-exists` as a {@link DocumentConflict} when the id is taken in the partition. */
  create(document: T, options?: DocumentWriteOptions): Promise<Versioned<T>>;

  /** @throws {@link ServiceError} `precondition-failed` when the stored ETag is another one or the document is gone. */
  replace(document: T, etag: string, options?: DocumentWriteOptions): Promise<Versioned<T>>;

  upsert(document: T, options?: DocumentWriteOptions): Promise<Versioned<T>>;

  /**
   * Deleting what is not there succeeds, with or without `etag`.
   *
   * @throws {@link ServiceError} `precondition-failed` when `etag` is given and is not the stored one.
   */
  delete(partition: string, id: string, etag?: string): Promise<void>;

  /** @throws {@link ServiceError} `cursor-invalid` for a cursor that this query did not make. */
  query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<T>>;

  count(filter: DocumentFilter & { readonly partition?: string }): Promise<number>;

  /**
   * All changes or none, in order, in one partition; at most {@link MAX_CHANGES_AT_ONCE} and 2 MB.
   *
   * @throws what the single operations throw; nothing is written then. A RangeError for more changes or for a
   * document of another partition.
   */
  applyAll(partition: string, changes: readonly DocumentChange<T>[]): Promise<void>;
}

/** The id is already taken in its partition. */
export class DocumentConflict extends Error {
  override readonly name = "DocumentConflict";
}
