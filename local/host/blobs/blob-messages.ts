import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** A version of a blob that a function is to be told about. */
export interface BlobVersion {
  readonly functionName: string;
  readonly container: string;
  readonly blob: string;
  /** As the service writes it, without quotation marks. */
  readonly etag: string;
}

export interface BlobMessage extends BlobVersion {
  readonly id: number;
  /** How often the function has been tried. */
  readonly attempts: number;
}

const messageSchema = z
  .object({
    id: z.number(),
    function_name: z.string(),
    container: z.string(),
    blob: z.string(),
    etag: z.string(),
    attempts: z.number(),
  })
  .transform((row): BlobMessage => ({
    id: row.id,
    functionName: row.function_name,
    container: row.container,
    blob: row.blob,
    etag: row.etag,
    attempts: row.attempts,
  }));

const receiptSchema = z.object({ blob: z.string(), etag: z.string() });

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS receipts (
    function_name TEXT NOT NULL, container TEXT NOT NULL, blob TEXT NOT NULL, etag TEXT NOT NULL,
    PRIMARY KEY (function_name, container, blob)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    function_name TEXT NOT NULL, container TEXT NOT NULL, blob TEXT NOT NULL, etag TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  );`;

/**
 * What the blob trigger must not forget: which version of a blob was queued last (the receipt, as on Azure it means
 * "queued", not "done"), and the queue itself.
 */
export class BlobMessages {
  readonly #database: DatabaseSync;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#database = new DatabaseSync(path.join(directory, "blob-messages.sqlite"));
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    this.#database.exec(SCHEMA);
  }

  enqueue({ functionName, container, blob, etag }: BlobVersion): BlobMessage {
    const row = this.#database
      .prepare("INSERT INTO messages (function_name, container, blob, etag) VALUES (?, ?, ?, ?) RETURNING *")
      .get(functionName, container, blob, etag);
    return messageSchema.parse(row);
  }

  /** Queues a version and notes its receipt in one step. */
  enqueueWithReceipt(version: BlobVersion): BlobMessage {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      this.#database
        .prepare("INSERT OR REPLACE INTO receipts (function_name, container, blob, etag) VALUES (?, ?, ?, ?)")
        .run(version.functionName, version.container, version.blob, version.etag);
      const message = this.enqueue(version);
      this.#database.exec("COMMIT");
      return message;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** @returns the ETag that was queued last, by blob. */
  receipts(functionName: string, container: string): ReadonlyMap<string, string> {
    const rows = this.#database
      .prepare("SELECT blob, etag FROM receipts WHERE function_name = ? AND container = ?")
      .all(functionName, container);
    return new Map(rows.map((row) => receiptSchema.parse(row)).map(({ blob, etag }) => [blob, etag]));
  }

  forgetReceipt(functionName: string, container: string, blob: string): void {
    this.#database
      .prepare("DELETE FROM receipts WHERE function_name = ? AND container = ? AND blob = ?")
      .run(functionName, container, blob);
  }

  /** Oldest first. */
  waiting(): readonly BlobMessage[] {
    const rows = this.#database.prepare("SELECT * FROM messages ORDER BY id").all();
    return rows.map((row) => messageSchema.parse(row));
  }

  noteAttempt(id: number): void {
    this.#database.prepare("UPDATE messages SET attempts = attempts + 1 WHERE id = ?").run(id);
  }

  remove(id: number): void {
    this.#database.prepare("DELETE FROM messages WHERE id = ?").run(id);
  }

  close(): void {
    this.#database.close();
  }
}
