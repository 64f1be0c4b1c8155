import { Readable } from "node:stream";

import type {
  BlobDownloadResponseParsed,
  BlobServiceClient,
  BlockBlobClient,
  ContainerListBlobHierarchySegmentResponse,
} from "@azure/storage-blob";

import {
  BLOB_CONTAINERS,
  type BlobContainer,
  type BlobLink,
  type BlobPage,
  type BlobProperties,
  type BlobReadOptions,
  type BlobRef,
  type BlobStore,
  type BlobWriteOptions,
} from "../../application/ports/blobs.ts";
import type { Clock } from "../../application/ports/clock.ts";
import { type StoreRenewal, storeRenewal } from "../rotation/store-renewal.ts";
import { downloadBody, emptyBody, SINGLE_UPLOAD_BYTES, type UploadBody, uploadBody } from "./blob-body.ts";
import { statusOf } from "./blob-error.ts";
import { BlobLinks, type LinkSubject } from "./blob-links.ts";
import { cursorOf, etagOf, listedProperties, lowerCaseKeys, markerOf, propertiesOf } from "./blob-listing.ts";
import { callStorage, type Deadline } from "./deadline.ts";
import { type StorageAccess, storageAccounts } from "./storage-account.ts";

export interface AzureBlobStoreOptions {
  readonly access: StorageAccess;
  readonly clock: Clock;
  /** Creates the containers that are missing, at first use. In Azure the deployment creates them. */
  readonly createContainers: boolean;
  /** How long the storage may be silent, the SDK's retries included. Default: 30,000. */
  readonly idleMs?: number;
}

const DEFAULT_IDLE_MS = 30_000;

/** Bounds the memory of an upload: blocks on their way at the same time. */
const PARALLEL_BLOCKS = 2;

const COPY_POLL_MS = 200;

const FOLDERS_PER_PAGE = 1_000;

/** The link that a copy reads its source through lives as long as a copy may take. */
const COPY_LINK_LIFETIME_SECONDS = 3600;

/** A stream that has been read cannot be sent again. */
type Run = keyof StoreRenewal;

/** {@link BlobStore} over Azure Blob storage. The SDK is loaded and the connection made at first use. */
export class AzureBlobStore implements BlobStore {
  readonly #idleMs: number;
  readonly #links: BlobLinks;
  readonly #renewal: StoreRenewal;
  readonly #open: () => Promise<BlobServiceClient>;

  constructor(options: AzureBlobStoreOptions) {
    this.#idleMs = options.idleMs ?? DEFAULT_IDLE_MS;
    this.#links = new BlobLinks(options.clock);
    const { access } = options;
    this.#renewal = storeRenewal(access.kind === "connection-string" ? access.connectionString : undefined);
    this.#open = storageAccounts(access, options.createContainers ? createContainers : unchanged);
  }

  async write(
    ref: BlobRef,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options: BlobWriteOptions,
  ): Promise<string | undefined> {
    const run: Run = body instanceof Uint8Array ? "repeating" : "once";
    const call = { signal: options.signal, run };
    return this.#call(call, async (deadline) => {
      const blob = await this.#blob(ref);
      const source = await uploadBody(body, deadline);
      const answer = upload(blob, source, { ...options, deadline });
      const taken = options.onlyIfAbsent === true ? [409, 412] : [];
      const written = await unless(answer, taken);
      return written && etagOf(written.etag);
    });
  }

  async read(ref: BlobRef, options: BlobReadOptions = {}) {
    return this.#call({ signal: options.signal }, async ({ signal: abortSignal }) => {
      const blob = await this.#blob(ref);
      const { offsetBytes = 0, lengthBytes } = options;
      const download = blob.download(offsetBytes, lengthBytes, { abortSignal, maxRetryRequests: 3 });
      const found = await unless(download, [404]).catch(beyondTheEnd);
      if (found?.readableStreamBody instanceof Readable) {
        const body = downloadBody(found.readableStreamBody, this.#idleMs);
        return { body, properties: downloadedProperties(ref, found) };
      }
      // A blob that was missing may be there by now: then it has more than nothing.
      const properties = found && (await this.properties(ref));
      return properties && { body: emptyBody(), properties };
    });
  }

  async properties(ref: BlobRef): Promise<BlobProperties | undefined> {
    return this.#call({}, async ({ signal: abortSignal }) => {
      const blob = await this.#blob(ref);
      const found = await unless(blob.getProperties({ abortSignal }), [404]);
      return found && propertiesOf(ref.name, found);
    });
  }

  async delete(ref: BlobRef, etag?: string): Promise<void> {
    await this.#call({}, async ({ signal: abortSignal }) => {
      const blob = await this.#blob(ref);
      const conditions = matching(etag);
      await unless(blob.delete({ deleteSnapshots: "include", abortSignal, conditions }), [404, 412]);
    });
  }

  async list(
    container: BlobContainer,
    { prefix, limit, cursor }: { readonly prefix: string; readonly limit: number; readonly cursor?: string },
  ): Promise<BlobPage> {
    let marker = cursor === undefined ? undefined : markerOf({ container, prefix }, cursor);
    return this.#call({}, async (deadline) => {
      const client = (await this.#open()).getContainerClient(container);
      const items: BlobProperties[] = [];
      // Azure may answer less than was asked for, with a marker to go on.
      do {
        const settings = {
          maxPageSize: limit - items.length,
          ...(marker !== undefined && { continuationToken: marker }),
        };
        const blobs = client.listBlobsFlat({ prefix, includeMetadata: true, abortSignal: deadline.signal });
        const { value } = await blobs.byPage(settings).next();
        deadline.touch();
        items.push(...value.segment.blobItems.map(listedProperties));
        marker = value.continuationToken === "" ? undefined : value.continuationToken;
      } while (marker !== undefined && items.length < limit);
      return { items, nextCursor: marker === undefined ? null : cursorOf({ container, prefix }, marker) };
    });
  }

  async *folders(container: BlobContainer, prefix: string): AsyncGenerator<string, void, void> {
    let marker: string | undefined;
    do {
      const settings = {
        maxPageSize: FOLDERS_PER_PAGE,
        ...(marker !== undefined && { continuationToken: marker }),
      };
      const page: ContainerListBlobHierarchySegmentResponse = await this.#call(
        {},
        async ({ signal: abortSignal }) => {
          const client = (await this.#open()).getContainerClient(container);
          const pages = client.listBlobsByHierarchy("/", { prefix, abortSignal }).byPage(settings);
          const { value } = await pages.next();
          return value;
        },
      );
      yield* (page.segment.blobPrefixes ?? []).map(({ name }) => name);
      marker = page.continuationToken === "" ? undefined : page.continuationToken;
    } while (marker !== undefined);
  }

  async copy(from: BlobRef, to: BlobRef, etag?: string): Promise<boolean> {
    return this.#call({}, async (deadline) => {
      const target = await this.#blob(to);
      const { url } = await this.readLink(from, COPY_LINK_LIFETIME_SECONDS);
      const started = target.beginCopyFromURL(url, {
        intervalInMs: COPY_POLL_MS,
        abortSignal: deadline.signal,
        onProgress: () => deadline.touch(),
        sourceConditions: matching(etag),
      });
      const copying = await unless(started, [404, 412]);
      await copying?.pollUntilDone();
      return copying !== undefined;
    });
  }

  async readLink({ container, name }: BlobRef, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link({ container, blobName: name, permissions: "r" }, lifetimeSeconds);
  }

  async writeLink({ container, name }: BlobRef, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link({ container, blobName: name, permissions: "cw" }, lifetimeSeconds);
  }

  async containerLink(container: BlobContainer, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link({ container, permissions: "rl" }, lifetimeSeconds);
  }

  /**
   * Asks the storage for a container's properties, to see whether it answers.
   *
   * @throws {@link ServiceError} `store-unavailable`.
   */
  async check(signal?: AbortSignal): Promise<void> {
    await this.#call({ signal }, async (deadline) => {
      const account = await this.#open();
      await account.getContainerClient("audio").getProperties({ abortSignal: deadline.signal });
    });
  }

  async #link(subject: LinkSubject, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#call({}, async () => this.#links.link(await this.#open(), subject, lifetimeSeconds));
  }

  async #call<T>(
    { signal, run = "repeating" }: { readonly signal?: AbortSignal | undefined; readonly run?: Run },
    work: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    return this.#renewal[run](() => callStorage({ idleMs: this.#idleMs, signal }, work));
  }

  async #blob({ container, name }: BlobRef): Promise<BlockBlobClient> {
    return (await this.#open()).getContainerClient(container).getBlockBlobClient(name);
  }
}

async function createContainers(account: BlobServiceClient): Promise<void> {
  await Promise.all(BLOB_CONTAINERS.map((name) => account.getContainerClient(name).createIfNotExists()));
}

/** In Azure the deployment has made the containers. */
async function unchanged(): Promise<void> {}

function matching(etag: string | undefined): { readonly ifMatch?: string } {
  return etag === undefined ? {} : { ifMatch: `"${etag}"` };
}

async function upload(
  blob: BlockBlobClient,
  source: UploadBody,
  { contentType, metadata, onlyIfAbsent, deadline }: BlobWriteOptions & { readonly deadline: Deadline },
): Promise<{ readonly etag?: string }> {
  const options = {
    blobHTTPHeaders: { blobContentType: contentType },
    metadata: lowerCaseKeys(metadata ?? {}),
    conditions: onlyIfAbsent === true ? { ifNoneMatch: "*" } : {},
    abortSignal: deadline.signal,
    onProgress: () => deadline.touch(),
  };
  if (source.kind === "bytes") {
    return blob.uploadData(source.bytes, { ...options, concurrency: PARALLEL_BLOCKS });
  }
  try {
    return await blob.uploadStream(source.stream, SINGLE_UPLOAD_BYTES, PARALLEL_BLOCKS, options);
  } finally {
    source.stream.destroy();
  }
}

/** The length of a range's answer is the range's; its `Content-Range` names the whole. */
function downloadedProperties(
  { name }: BlobRef,
  answer: Partial<BlobDownloadResponseParsed>,
): BlobProperties {
  const { contentType, etag, lastModified, metadata } = answer;
  const contentLength = Number(answer.contentRange?.split("/").at(-1) ?? answer.contentLength);
  return propertiesOf(name, { contentLength, contentType, etag, lastModified, metadata });
}

/** No body, where the range begins at the end of the blob or after it. @throws what is another error. */
function beyondTheEnd(error: unknown): Partial<BlobDownloadResponseParsed> {
  if (statusOf(error) === 416) {
    return {};
  }
  throw error;
}

/** The answer, or undefined when it is one of these statuses. */
async function unless<T>(answer: Promise<T>, statuses: readonly number[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0)) {
      return undefined;
    }
    throw error;
  }
}
