import type { Server } from "node:http";

/** A database of LokiJS, in which Azurite keeps what it knows of containers, blobs, queues and their content. */
export interface LokiDatabase {
  /** Writes the whole database to its file; calls while a save runs share the next one. */
  saveDatabase(callback: (error?: unknown) => void): void;
}

/** What is used of Azurite's servers: nothing of it is documented, so that the version in package.json is exact. */
export interface AzuriteServer {
  readonly httpServer: Server;
  readonly metadataStore: { readonly db: LokiDatabase };
  readonly extentMetadataStore: { readonly db: LokiDatabase };
  start(): Promise<void>;
  close(): Promise<void>;
  /** `http://127.0.0.1:<port>` */
  getHttpServerAddress(): string;
}
