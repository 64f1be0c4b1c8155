import { addAbortSignal, Readable } from "node:stream";
import type { BlobDownloadResponseParsed, BlobServiceClient, BlockBlobClient } from "@azure/storage-blob";
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
import { blobErrorOf, statusOf } from "./blob-error.ts";
import { BlobLinks } from "./blob-links.ts";
import { cursorOf, etagOf, listedProperties, lowerCaseKeys, markerOf, propertiesOf } from "./blob-listing.ts";
import { openAccount, type StorageAccess } from "./storage-account.ts";

/** A stream is sent in blocks; at most this many are in memory at once. */
const BLOCK_BYTES = 1024 * 1024;
const BLOCKS_AT_ONCE = 4;

/** The link that a copy reads its source through lives as long as a copy may take. */
const COPY_LINK_LIFETIME_SECONDS = 600;

export interface AzureBlobStoreOptions {
  readonly access: StorageAccess;
  readonly clock: Clock;
  /** Creates the containers that are missing, at first use. */
  readonly createContainers: boolean;
}

/** {@link BlobStore} over Azure Blob storage. */
export class AzureBlobStore implements BlobStore {
  readonly #options: AzureBlobStoreOptions;
  readonly #links: BlobLinks;
  #account: Promise<BlobServiceClient> | undefined;

  constructor(options: AzureBlobStoreOptions) {
    this.#options = options;
    this.#links = new BlobLinks(options.clock);
  }

  async write(
    ref: BlobRef,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options: BlobWriteOptions,
  ): Promise<string | undefined> {
    const blob = await this.#blob(ref);
    try {
      return await upload(blob, body, options);
    } catch (error) {
      if (options.onlyIfAbsent === true && (statusOf(error) === 409 || statusOf(error) === 412)) {
        return undefined;
      }
      throw blobErrorOf(error, options.signal);
    }
  }

  async read(ref: BlobRef, options: BlobReadOptions = {}) {
    const blob = await this.#blob(ref);
    const { offsetBytes = 0, lengthBytes, signal } = options;
    try {
      const answer = await blob.download(offsetBytes, lengthBytes, signalOption(signal));
      return { body: bodyOf(answer), properties: downloadedProperties(ref, answer) };
    } catch (error) {
      const status = statusOf(error);
      if (status === 404) {
        return undefined;
      }
      if (status === 416) {
        return this.#emptyRange(ref);
      }
      throw blobErrorOf(error, signal);
    }
  }

  async properties(ref: BlobRef): Promise<BlobProperties | undefined> {
    const blob = await this.#blob(ref);
    try {
      return propertiesOf(ref.name, await blob.getProperties());
    } catch (error) {
      if (statusOf(error) === 404) {
        return undefined;
      }
      throw blobErrorOf(error);
    }
  }

  async delete(ref: BlobRef): Promise<void> {
    const blob = await this.#blob(ref);
    await translated(() => blob.deleteIfExists({ deleteSnapshots: "include" }));
  }

  async list(
    container: BlobContainer,
    query: { readonly prefix: string; readonly limit: number; readonly cursor?: string },
  ): Promise<BlobPage> {
    const marker = query.cursor === undefined ? undefined : markerOf(query.cursor);
    const account = await this.#open();
    const pages = account
      .getContainerClient(container)
      .listBlobsFlat({ prefix: query.prefix, includeMetadata: true })
      .byPage({ maxPageSize: query.limit, ...(marker !== undefined && { continuationToken: marker }) });
    const { value } = await translated(() => pages.next());
    const items = value?.segment.blobItems.map(listedProperties) ?? [];
    const next: string = value?.continuationToken ?? "";
    return { items, nextCursor: next === "" ? null : cursorOf(next) };
  }

  async copy(from: BlobRef, to: BlobRef): Promise<boolean> {
    const target = await this.#blob(to);
    const { url } = await this.readLink(from, COPY_LINK_LIFETIME_SECONDS);
    try {
      const copying = await target.beginCopyFromURL(url, { intervalInMs: 500 });
      await copying.pollUntilDone();
      return true;
    } catch (error) {
      if (statusOf(error) === 404) {
        return false;
      }
      throw blobErrorOf(error);
    }
  }

  readLink({ container, name }: BlobRef, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link({ container, blobName: name, permissions: "r" }, lifetimeSeconds);
  }

  writeLink({ container, name }: BlobRef, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link({ container, blobName: name, permissions: "cw" }, lifetimeSeconds);
  }

  containerLink(container: BlobContainer, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link({ container, permissions: "rl" }, lifetimeSeconds);
  }

  async #link(subject: Parameters<BlobLinks["link"]>[1], lifetimeSeconds: number): Promise<BlobLink> {
    const account = await this.#open();
    return translated(() => this.#links.link(account, subject, lifetimeSeconds));
  }

  async #emptyRange(ref: BlobRef) {
    const properties = await this.properties(ref);
    return properties && { body: new Blob([]).stream(), properties };
  }

  async #blob({ container, name }: BlobRef): Promise<BlockBlobClient> {
    const account = await this.#open();
    return account.getContainerClient(container).getBlockBlobClient(name);
  }

  #open(): Promise<BlobServiceClient> {
    this.#account ??= this.#prepare().catch((error: unknown) => {
      this.#account = undefined;
      throw blobErrorOf(error);
    });
    return this.#account;
  }

  async #prepare(): Promise<BlobServiceClient> {
    const account = await openAccount(this.#options.access);
    if (this.#options.createContainers) {
      await Promise.all(BLOB_CONTAINERS.map((name) => account.getContainerClient(name).createIfNotExists()));
    }
    return account;
  }
}

async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw blobErrorOf(error);
  }
}

async function upload(
  blob: BlockBlobClient,
  body: Uint8Array | ReadableStream<Uint8Array>,
  { contentType, metadata, onlyIfAbsent, signal }: BlobWriteOptions,
): Promise<string> {
  const options = {
    blobHTTPHeaders: { blobContentType: contentType },
    metadata: lowerCaseKeys(metadata ?? {}),
    conditions: onlyIfAbsent === true ? { ifNoneMatch: "*" } : {},
    ...signalOption(signal),
  };
  if (body instanceof Uint8Array) {
    const { etag } = await blob.upload(body, body.byteLength, options);
    return etagOf(etag);
  }
  const source = Readable.from(chunksOf(body));
  if (signal !== undefined) {
    addAbortSignal(signal, source);
  }
  try {
    const { etag } = await blob.uploadStream(source, BLOCK_BYTES, BLOCKS_AT_ONCE, options);
    return etagOf(etag);
  } finally {
    source.destroy();
  }
}

/** Buffers, as the SDK wants them; leaving early cancels the source. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

function bodyOf({ readableStreamBody }: BlobDownloadResponseParsed): ReadableStream<Uint8Array> {
  return readableStreamBody === undefined
    ? new Blob([]).stream()
    : Readable.toWeb(Readable.from(readableStreamBody));
}

function downloadedProperties({ name }: BlobRef, answer: BlobDownloadResponseParsed): BlobProperties {
  const wholeBytes = answer.contentRange?.split("/")[1];
  const contentLength = wholeBytes === undefined ? answer.contentLength : Number(wholeBytes);
  const { contentType, etag, lastModified, metadata } = answer;
  return propertiesOf(name, { contentLength, contentType, etag, lastModified, metadata });
}

function signalOption(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { abortSignal: signal };
}
