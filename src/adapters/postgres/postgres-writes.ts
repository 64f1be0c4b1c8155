import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import {
  type CollectionDefinition,
  type DocumentChange,
  DocumentConflict,
  type DocumentWriteOptions,
  type StoredDocument,
  type Versioned,
} from "../../application/ports/documents.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { alive } from "./postgres-query.ts";
import { identifier } from "./sql.ts";

interface NewRow<T extends StoredDocument> {
  readonly written: Versioned<T>;
  /** Partition, id, document, ETag, end of its time. */
  readonly values: unknown[];
}

/** One write to a table, on a connection of its own or inside a transaction. */
export class PostgresWrites<T extends StoredDocument> {
  readonly #definition: CollectionDefinition;
  readonly #table: string;
  readonly #connection: Pool | PoolClient;
  readonly #nowMs: number;

  constructor(definition: CollectionDefinition, connection: Pool | PoolClient, nowMs: number) {
    this.#definition = definition;
    this.#table = identifier(definition.name);
    this.#connection = connection;
    this.#nowMs = nowMs;
  }

  async apply(partition: string, change: DocumentChange<T>): Promise<void> {
    switch (change.kind) {
      case "create":
        await this.create(change.document, change);
        break;
      case "upsert":
        await this.upsert(change.document, change);
        break;
      case "replace":
        await this.replace(change.document, change.etag, change);
        break;
      case "delete":
        await this.delete(partition, change.id);
        break;
    }
  }

  /** @throws {@link DocumentConflict} */
  async create(document: T, options: DocumentWriteOptions): Promise<Versioned<T>> {
    const row = this.#row(document, options);
    const { rowCount } = await this.#connection.query(
      `${this.#insert()} WHERE NOT ${alive("$6", "stored")}`,
      [...row.values, this.#nowMs],
    );
    if (rowCount === 0) {
      throw new DocumentConflict(`The id of ${this.#what(document.id)} is taken.`);
    }
    return row.written;
  }

  async upsert(document: T, options: DocumentWriteOptions): Promise<Versioned<T>> {
    const row = this.#row(document, options);
    await this.#connection.query(this.#insert(), row.values);
    return row.written;
  }

  /** @throws {@link ServiceError} `precondition-failed` */
  async replace(document: T, etag: string, options: DocumentWriteOptions): Promise<Versioned<T>> {
    const row = this.#row(document, options);
    const { rowCount } = await this.#connection.query(
      `UPDATE ${this.#table} SET document = $3::jsonb, etag = $4, expires_at = $5
       WHERE partition = $1 AND id = $2 AND etag = $7 AND ${alive("$6")}`,
      [...row.values, this.#nowMs, etag],
    );
    if (rowCount === 0) {
      throw changed(this.#what(document.id));
    }
    return row.written;
  }

  /** @throws {@link ServiceError} `precondition-failed` */
  async delete(partition: string, id: string, etag?: string): Promise<void> {
    const { rows } = await this.#connection.query<{ gone: boolean; present: boolean }>(
      `WITH gone AS (
         DELETE FROM ${this.#table} WHERE partition = $1 AND id = $2 AND ($3::text IS NULL OR etag = $3) RETURNING 1
       )
       SELECT EXISTS (SELECT 1 FROM gone) AS gone,
              EXISTS (SELECT 1 FROM ${this.#table} WHERE partition = $1 AND id = $2 AND ${alive("$4")}) AS present`,
      [partition, id, etag ?? null, this.#nowMs],
    );
    if (rows[0]?.gone === false && rows[0].present) {
      throw changed(this.#what(id));
    }
  }

  /** A condition on the row `stored` may follow: whether it is overwritten. */
  #insert(): string {
    return `INSERT INTO ${this.#table} AS stored (partition, id, document, etag, expires_at)
      VALUES ($1, $2, $3::jsonb, $4, $5)
      ON CONFLICT (partition, id) DO UPDATE
      SET document = excluded.document, etag = excluded.etag, expires_at = excluded.expires_at`;
  }

  #row(document: T, { timeToLiveSeconds }: DocumentWriteOptions): NewRow<T> {
    const stored = withoutEtag(document);
    const etag = randomUUID();
    const seconds = timeToLiveSeconds ?? this.#definition.defaultTimeToLiveSeconds;
    const expiresAtMs = seconds === undefined ? null : this.#nowMs + seconds * 1000;
    return {
      written: { ...stored, etag },
      values: [stored.partition, stored.id, JSON.stringify(stored), etag, expiresAtMs],
    };
  }

  #what(id: string): string {
    return `${this.#definition.name} ${id}`;
  }
}

function changed(what: string): ServiceError {
  return new ServiceError("precondition-failed", `${what} has changed or is gone.`);
}

function withoutEtag<T extends StoredDocument>(document: T): T {
  const stored = { ...document };
  Reflect.deleteProperty(stored, "etag");
  return stored;
}
