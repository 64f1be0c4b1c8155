import { DatabaseSync } from "node:sqlite";
import type { z } from "zod";

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS resource (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (collection, id)
  );
  CREATE INDEX IF NOT EXISTS profile ON resource (json_extract(body, '$.speakerProfileId'));
  CREATE TABLE IF NOT EXISTS recording (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    bytes BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS recording_owner ON recording (owner);
`;

/** Resources of one kind, in order of their making. */
export interface Collection<T extends { readonly id: string }> {
  get(id: string): T | undefined;
  /** @param where a top-level property and its value. Default: all. */
  list(where?: { readonly property: string; readonly value: string }): readonly T[];
  /** Writes or overwrites. */
  put(resource: T): void;
  delete(id: string): void;
}

/** What a speech resource keeps, in one SQLite file. Every write is durable once `transaction` has returned. */
export class ResourceStore {
  readonly #database: DatabaseSync;

  /** @param path of the file, or `:memory:`. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec(SCHEMA);
  }

  collection<T extends { readonly id: string }>(name: string, schema: z.ZodType<T>): Collection<T> {
    const database = this.#database;
    const parse = (row: unknown): T => schema.parse(JSON.parse(String(fieldOf(row, "body"))));
    const get = database.prepare("SELECT body FROM resource WHERE collection = ? AND id = ?");
    const list = database.prepare("SELECT body FROM resource WHERE collection = ? ORDER BY number");
    const listWhere = database.prepare(
      "SELECT body FROM resource WHERE json_extract(body, ?) = ? AND collection = ? ORDER BY number",
    );
    const put = database.prepare(
      "INSERT INTO resource (collection, id, body) VALUES (?, ?, ?) " +
        "ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body",
    );
    const remove = database.prepare("DELETE FROM resource WHERE collection = ? AND id = ?");
    return {
      get(id) {
        const row = get.get(name, id);
        return row === undefined ? undefined : parse(row);
      },
      list(where) {
        const rows = where ? listWhere.all(`$.${where.property}`, where.value, name) : list.all(name);
        return rows.map(parse);
      },
      put: (resource) => void put.run(name, resource.id, JSON.stringify(resource)),
      delete: (id) => void remove.run(name, id),
    };
  }

  addRecording(owner: string, bytes: Uint8Array): void {
    this.#database.prepare("INSERT INTO recording (owner, bytes) VALUES (?, ?)").run(owner, bytes);
  }

  recordings(owner: string): readonly Uint8Array[] {
    const rows = this.#database
      .prepare("SELECT bytes FROM recording WHERE owner = ? ORDER BY number")
      .all(owner);
    return rows.map((row) => bytesOf(fieldOf(row, "bytes")));
  }

  dropRecordings(owner: string): void {
    this.#database.prepare("DELETE FROM recording WHERE owner = ?").run(owner);
  }

  /** Runs `change` as a whole or not at all. It must not be nested. */
  transaction<T>(change: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = change();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    if (this.#database.isOpen) {
      this.#database.close();
    }
  }
}

function fieldOf(row: unknown, name: string): unknown {
  return typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}
