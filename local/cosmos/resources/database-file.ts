import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

export type Row = Readonly<Record<string, unknown>>;

/** The one file that holds everything; each write is in it when its call returns. */
export class DatabaseFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @param folder made if absent; undefined keeps all in memory. */
  constructor(folder: string | undefined) {
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
    }
    this.#database = new DatabaseSync(folder === undefined ? ":memory:" : join(folder, "cosmos.sqlite"));
    // With WAL and synchronous=normal, committed work survives the death of the process, not a power cut.
    this.#database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -32000");
  }

  /** Changes the schema. */
  execute(sql: string): void {
    this.#statements.clear();
    this.#database.exec(sql);
  }

  run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#prepared(sql).run(...values);
  }

  first(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepared(sql).all(...values);
  }

  /** Rows one by one, from a statement of its own: a cached one could be started twice. */
  *each(sql: string, values: readonly SQLInputValue[]): Generator<Row> {
    yield* this.#database.prepare(sql).iterate(...values);
  }

  /** All or nothing. */
  transaction<T>(work: () => T): T {
    this.#database.exec("begin immediate");
    try {
      const result = work();
      this.#database.exec("commit");
      return result;
    } catch (error) {
      this.#database.exec("rollback");
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
