import type { TokenCredential } from "@azure/identity";
import type { Pool } from "pg";

import type { Clock } from "../../application/ports/clock.ts";
import type { CounterStore } from "../../application/ports/counters.ts";
import type {
  CollectionDefinition,
  DocumentCollection,
  StoredDocument,
} from "../../application/ports/documents.ts";
import { rotatingClient } from "../rotation/rotating-client.ts";
import {
  readStoreSecret,
  type StoreRenewal,
  storeRenewal,
  type StoreSecret,
} from "../rotation/store-renewal.ts";
import { connectionOf } from "./connection.ts";
import { COUNTER_LAYOUT, layoutOf, type TableLayout } from "./layout.ts";
import { layOut } from "./migrate.ts";
import { PostgresCollection } from "./postgres-collection.ts";
import { PostgresCounterStore } from "./postgres-counter-store.ts";
import { callPostgres } from "./postgres-call.ts";

export interface PostgresSettings {
  /** `postgresql://user:password@host:port/database?sslmode=verify-full`; without a password, `credential` gives tokens. */
  readonly url: StoreSecret;
  readonly credential: TokenCredential;
  readonly clock: Clock;
  /** Of one operation. Default: 10 seconds. */
  readonly deadlineMs?: number;
  /** Connections of this instance. Default: 10. */
  readonly maxConnections?: number;
}

const DEFAULT_DEADLINE_MS = 10_000;
const DEFAULT_MAX_CONNECTIONS = 10;

/** A database of PostgreSQL. The driver is loaded and the connection made at first use; tables are made when missing. */
export class PostgresDatabase {
  readonly #settings: PostgresSettings;
  readonly #deadlineMs: number;
  readonly #renewal: StoreRenewal;
  readonly #open: () => Promise<Pool>;
  #pool: Pool | undefined;

  constructor(settings: PostgresSettings) {
    this.#settings = settings;
    this.#deadlineMs = settings.deadlineMs ?? DEFAULT_DEADLINE_MS;
    this.#renewal = storeRenewal(settings.url);
    this.#open = rotatingClient({
      read: () => readStoreSecret(settings.url),
      connect: (url) => this.#makePool(url),
    });
  }

  collection<T extends StoredDocument>(definition: CollectionDefinition): DocumentCollection<T> {
    return new PostgresCollection<T>({
      definition,
      pool: this.#opener(layoutOf(definition)),
      clock: this.#settings.clock,
      deadlineMs: this.#deadlineMs,
      renewal: this.#renewal,
    });
  }

  counters(clock: Clock): CounterStore {
    return new PostgresCounterStore({
      pool: this.#opener(COUNTER_LAYOUT),
      clock,
      deadlineMs: this.#deadlineMs,
      renewal: this.#renewal,
    });
  }

  /**
   * Asks PostgreSQL for an answer, to see whether it gives one.
   *
   * @throws {@link ServiceError} `store-unavailable`.
   */
  async check(signal?: AbortSignal): Promise<void> {
    await callPostgres({ deadlineMs: this.#deadlineMs, renewal: this.#renewal, signal }, async () => {
      const pool = await this.#open();
      await pool.query("SELECT 1");
    });
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }

  /** Lays out a table once for each pool. */
  #opener(layout: TableLayout): () => Promise<Pool> {
    return rotatingClient({
      read: this.#open,
      async connect(pool) {
        await layOut(pool, layout);
        return pool;
      },
    });
  }

  /** Operations under way go on with the former pool, whose connections close once they idle for 10 seconds. */
  async #makePool(url: string): Promise<Pool> {
    const { Pool: ConnectionPool } = await import("pg");
    const pool = new ConnectionPool({
      ...connectionOf(url, this.#settings.credential),
      max: this.#settings.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
      connectionTimeoutMillis: this.#deadlineMs,
      query_timeout: this.#deadlineMs,
      application_name: "voice-cloning",
    });
    // The pool replaces an idle connection that breaks; without a listener it would end the process.
    pool.on("error", () => undefined);
    this.#pool = pool;
    return pool;
  }
}
