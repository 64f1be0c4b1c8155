import type { Server } from "node:http";
import type { Readable } from "node:stream";

/** A document of LokiJS. */
export interface LokiDocument {
  readonly $loki: number;
}

export interface LokiCollection {
  readonly name: string;
  /** Ids of documents that were inserted, changed or removed, in this order; kept in an incremental database only. */
  dirtyIds: number[];
  get(id: number): LokiDocument | null;
  ensureAllIndexes(isForced: boolean): void;
}

export interface LokiPersistence {
  loadDatabase(name: string, callback: (content: unknown) => void): void;
  saveDatabase(name: string, content: string, callback: (error?: unknown) => void): void;
}

/** A database of LokiJS, in which Azurite keeps what it knows of containers, blobs, queues and their content. */
export interface LokiDatabase {
  readonly filename: string;
  readonly collections: readonly LokiCollection[];
  persistenceAdapter: LokiPersistence;
  /** Whether the collections that it makes or loads note their {@link LokiCollection.dirtyIds}. */
  isIncremental: boolean;
  autosaveDisable(): void;
  on(event: "loaded", listener: () => void): void;
}

/** The files with the content of blobs and messages. */
export interface ExtentStore {
  /** @returns where the body stands. */
  appendExtent(body: Readable | Buffer, contextId?: string): Promise<object>;
  readExtent(chunk: object | undefined, contextId?: string): Promise<NodeJS.ReadableStream>;
}

/** What is used of Azurite's servers: nothing of it is documented, so that the version in package.json is exact. */
export interface AzuriteServer {
  readonly httpServer: Server;
  readonly metadataStore: { readonly db: LokiDatabase };
  readonly extentMetadataStore: { readonly db: LokiDatabase };
  readonly extentStore: ExtentStore;
  start(): Promise<void>;
  close(): Promise<void>;
  /** `http://127.0.0.1:<port>` */
  getHttpServerAddress(): string;
}
