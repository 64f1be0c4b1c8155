/** Containers of the storage account. */
export const BLOB_CONTAINERS = [
  "samples",
  "audio",
  "batches",
  "results",
  "drop",
  "processed",
  "rejected",
  "uploads",
] as const;
export type BlobContainer = (typeof BLOB_CONTAINERS)[number];

export interface BlobRef {
  readonly container: BlobContainer;
  /** Path inside the container, without a leading slash. */
  readonly name: string;
}

export interface BlobProperties {
  readonly name: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly etag: string;
  readonly lastModified: Date;
  /** Keys are lower case, values printable ASCII. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface BlobWriteOptions {
  readonly contentType: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Write only if there is no such blob yet. */
  readonly onlyIfAbsent?: boolean;
  readonly signal?: AbortSignal;
}

export interface BlobReadOptions {
  readonly offsetBytes?: number;
  readonly lengthBytes?: number;
  readonly signal?: AbortSignal;
}

export interface BlobLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface BlobPage {
  readonly items: readonly BlobProperties[];
  readonly nextCursor: string | null;
}

/**
 * Files in Blob storage.
 *
 * @throws {@link ServiceError} `store-unavailable` (retryable) from every method when the storage does not answer in time,
 * `store-unauthorized` (retryable) when it refuses the credentials.
 */
export interface BlobStore {
  /**
   * Writes a whole blob; a broken source or abort leaves the blob as it was.
   *
   * @returns the ETag, or undefined when `onlyIfAbsent` found the blob already there.
   */
  write(
    ref: BlobRef,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options: BlobWriteOptions,
  ): Promise<string | undefined>;

  /**
   * `properties.sizeBytes` is the size of the whole blob. A range that starts behind the end is empty.
   *
   * @returns undefined when there is no such blob. The stream ends with an error if the blob changes while it is read.
   */
  read(
    ref: BlobRef,
    options?: BlobReadOptions,
  ): Promise<{ readonly body: ReadableStream<Uint8Array>; readonly properties: BlobProperties } | undefined>;

  properties(ref: BlobRef): Promise<BlobProperties | undefined>;

  /** Deleting what is not there succeeds. A blob that no longer has the given `etag` stays. */
  delete(ref: BlobRef, etag?: string): Promise<void>;

  /**
   * @returns one page in name order. `limit` 1..5000.
   * @throws {@link ServiceError} `cursor-invalid` for a cursor that no list made.
   */
  list(
    container: BlobContainer,
    query: { readonly prefix: string; readonly limit: number; readonly cursor?: string },
  ): Promise<BlobPage>;

  /**
   * The folders right below a prefix that is empty or ends in a slash, in name order and each with a slash at its end; what
   * is written meanwhile may be missing.
   */
  folders(container: BlobContainer, prefix: string): AsyncIterable<string>;

  /**
   * Copies content, type and metadata inside the account and waits until the copy is complete.
   *
   * @returns false when there is no blob `from`, or it no longer has the given `etag`.
   */
  copy(from: BlobRef, to: BlobRef, etag?: string): Promise<boolean>;

  /** A link that allows reading this one blob until it expires. */
  readLink(ref: BlobRef, lifetimeSeconds: number): Promise<BlobLink>;

  /** A link that allows creating and writing this one blob, and nothing else, until it expires. */
  writeLink(ref: BlobRef, lifetimeSeconds: number): Promise<BlobLink>;

  /** A link that allows reading and listing a container: what Azure's custom voice service asks for. */
  containerLink(container: BlobContainer, lifetimeSeconds: number): Promise<BlobLink>;
}
