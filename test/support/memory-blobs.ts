import { randomUUID } from "node:crypto";

import type { Clock } from "../../src/application/ports/clock.ts";
import type {
  BlobContainer,
  BlobLink,
  BlobPage,
  BlobProperties,
  BlobReadOptions,
  BlobRef,
  BlobStore,
  BlobWriteOptions,
} from "../../src/application/ports/blobs.ts";
import { ServiceError } from "../../src/domain/errors/service-error.ts";

interface Blob {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly properties: BlobProperties;
}

/** Blobs in a map. Its links name what they allow and lead nowhere. */
export class MemoryBlobs implements BlobStore {
  /** Thrown by every method while it is set: a store that is down. */
  failure: Error | undefined;
  readonly #clock: Clock;
  readonly #blobs = new Map<string, Blob>();

  constructor(clock: Clock = { now: () => new Date() }) {
    this.#clock = clock;
  }

  async write(
    ref: BlobRef,
    body: Uint8Array | ReadableStream<Uint8Array>,
    options: BlobWriteOptions,
  ): Promise<string | undefined> {
    this.#check(options.signal);
    const bytes = new Uint8Array(body instanceof Uint8Array ? body : await collect(body, options.signal));
    this.#check(options.signal);
    if (options.onlyIfAbsent === true && this.#blobs.has(keyOf(ref))) {
      return undefined;
    }
    return this.#put(ref, bytes, options).etag;
  }

  async read(ref: BlobRef, options: BlobReadOptions = {}) {
    this.#check(options.signal);
    const blob = this.#blobs.get(keyOf(ref));
    if (blob === undefined) {
      return undefined;
    }
    const start = options.offsetBytes ?? 0;
    const end = options.lengthBytes === undefined ? undefined : start + options.lengthBytes;
    return {
      body: new Response(blob.bytes.slice(start, end)).body ?? emptyStream(),
      properties: blob.properties,
    };
  }

  async properties(ref: BlobRef): Promise<BlobProperties | undefined> {
    this.#check();
    return this.#blobs.get(keyOf(ref))?.properties;
  }

  async delete(ref: BlobRef, etag?: string): Promise<void> {
    this.#check();
    if (etag === undefined || this.#blobs.get(keyOf(ref))?.properties.etag === etag) {
      this.#blobs.delete(keyOf(ref));
    }
  }

  async list(
    container: BlobContainer,
    query: { readonly prefix: string; readonly limit: number; readonly cursor?: string },
  ): Promise<BlobPage> {
    this.#check();
    const after = query.cursor === undefined ? "" : this.#nameOf(query.cursor);
    const names = [...this.#blobs]
      .filter(([key, blob]) => key === keyOf({ container, name: blob.properties.name }))
      .map(([, blob]) => blob.properties)
      .filter(({ name }) => name.startsWith(query.prefix) && name > after)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const items = names.slice(0, query.limit);
    const last = items.at(-1);
    return { items, nextCursor: last && names.length > items.length ? `after:${last.name}` : null };
  }

  async *folders(container: BlobContainer, prefix: string): AsyncGenerator<string, void, void> {
    const { items } = await this.list(container, { prefix, limit: Number.POSITIVE_INFINITY });
    const rests = items.map(({ name }) => name.slice(prefix.length)).filter((rest) => rest.includes("/"));
    yield* new Set(rests.map((rest) => `${prefix}${rest.slice(0, rest.indexOf("/") + 1)}`));
  }

  async copy(from: BlobRef, to: BlobRef, etag?: string): Promise<boolean> {
    this.#check();
    const source = this.#blobs.get(keyOf(from));
    if (source === undefined || (etag !== undefined && etag !== source.properties.etag)) {
      return false;
    }
    this.#put(to, source.bytes, source.properties);
    return true;
  }

  async readLink(ref: BlobRef, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link(keyOf(ref), "r", lifetimeSeconds);
  }

  async writeLink(ref: BlobRef, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link(keyOf(ref), "cw", lifetimeSeconds);
  }

  async containerLink(container: BlobContainer, lifetimeSeconds: number): Promise<BlobLink> {
    return this.#link(container, "rl", lifetimeSeconds);
  }

  #check(signal?: AbortSignal): void {
    signal?.throwIfAborted();
    if (this.failure !== undefined) {
      throw this.failure;
    }
  }

  #nameOf(cursor: string): string {
    if (!cursor.startsWith("after:")) {
      throw new ServiceError("cursor-invalid", "The cursor was not made by a list.");
    }
    return cursor.slice("after:".length);
  }

  #put(
    ref: BlobRef,
    bytes: Uint8Array<ArrayBuffer>,
    source: Pick<BlobWriteOptions, "contentType" | "metadata">,
  ) {
    const metadata = Object.entries(source.metadata ?? {}).map(([key, value]) => [key.toLowerCase(), value]);
    const properties: BlobProperties = {
      name: ref.name,
      sizeBytes: bytes.length,
      contentType: source.contentType,
      etag: randomUUID(),
      lastModified: this.#clock.now(),
      metadata: Object.fromEntries(metadata),
    };
    this.#blobs.set(keyOf(ref), { bytes, properties });
    return properties;
  }

  #link(path: string, permissions: string, lifetimeSeconds: number): BlobLink {
    this.#check();
    const expiresAt = new Date(this.#clock.now().getTime() + lifetimeSeconds * 1000);
    const query = new URLSearchParams({ sp: permissions, se: expiresAt.toISOString() });
    return { url: `https://blobs.invalid/${path}?${query.toString()}`, expiresAt };
  }
}

function keyOf({ container, name }: BlobRef): string {
  return `${container}/${name}`;
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}

async function collect(body: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await body.pipeTo(
    new WritableStream({ write: (chunk) => void chunks.push(chunk) }),
    signal === undefined ? {} : { signal },
  );
  return Buffer.concat(chunks);
}
