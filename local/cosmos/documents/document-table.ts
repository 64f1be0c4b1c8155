import type { SQLInputValue } from "node:sqlite";

import type { ContainerSettings } from "../resources/container-settings.ts";
import type { DatabaseFile, Row } from "../resources/database-file.ts";
import type { PartitionText } from "./partition-key.ts";
import { makeIndexes, uniqueKeyColumn } from "./table-indexes.ts";

export interface StoredRow {
  /** Order of creation in the container. */
  readonly position: number;
  readonly partition: PartitionText;
  readonly id: string;
  /** JSON, system properties included. */
  readonly body: string;
  readonly etag: string;
  /** Order of the last write in the container. */
  readonly sequence: number;
}

export interface NewRow extends Omit<StoredRow, "position" | "sequence"> {
  /** Seconds since 1970; null for a document that stays. */
  readonly expiresAt: number | null;
  /** Texts of the container's unique keys, in their order. */
  readonly uniqueKeys: readonly string[];
}

export interface Scan {
  /** Conditions that all hold. */
  readonly where: readonly string[];
  readonly values: readonly SQLInputValue[];
  /** Ends with a column without ties. */
  readonly orderBy: readonly string[];
}

const IS_ALIVE = "(expires_at is null or expires_at > ?)";

/** The documents of one container. Expired ones are invisible at once, and removed now and then. */
export class DocumentTable {
  readonly #file: DatabaseFile;
  readonly #table: string;
  readonly #nowSeconds: () => number;

  constructor(file: DatabaseFile, name: string, nowSeconds: () => number) {
    this.#file = file;
    this.#table = name;
    this.#nowSeconds = nowSeconds;
  }

  create(settings: ContainerSettings): void {
    this.#file.execute(
      `create table ${this.#table} (position integer primary key autoincrement, partition text not null,
        id text not null, body text not null, etag text not null, sequence integer not null, expires_at integer,
        unique_keys text not null);
      create unique index ${this.#table}_id on ${this.#table} (partition, id);
      create index ${this.#table}_sequence on ${this.#table} (sequence);
      create index ${this.#table}_partition on ${this.#table} (partition)`,
    );
    this.index(settings);
  }

  index(settings: ContainerSettings): void {
    makeIndexes(this.#file, this.#table, settings);
  }

  removeExpired(): void {
    this.#file.run(`delete from ${this.#table} where expires_at <= ?`, this.#nowSeconds());
  }

  drop(): void {
    this.#file.execute(`drop table ${this.#table}`);
  }

  read(partition: PartitionText, id: string): StoredRow | undefined {
    const row = this.#file.first(
      `select * from ${this.#table} where partition = ? and id = ? and ${IS_ALIVE}`,
      partition,
      id,
      this.#nowSeconds(),
    );
    return row && storedRow(row);
  }

  /** Writes a document in place of the one with its id. */
  write(row: NewRow, sequence: number): void {
    this.#file.run(
      `insert into ${this.#table} (partition, id, body, etag, sequence, expires_at, unique_keys)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (partition, id) do update set body = excluded.body, etag = excluded.etag,
        sequence = excluded.sequence, expires_at = excluded.expires_at, unique_keys = excluded.unique_keys`,
      row.partition,
      row.id,
      row.body,
      row.etag,
      sequence,
      row.expiresAt,
      JSON.stringify(row.uniqueKeys),
    );
  }

  delete(partition: PartitionText, id: string): void {
    this.#file.run(`delete from ${this.#table} where partition = ? and id = ?`, partition, id);
  }

  /** Whether another living document of the partition has one of these unique keys. */
  isTaken({ partition, id, uniqueKeys }: NewRow): boolean {
    const isKeyTaken = (key: string, index: number): boolean =>
      this.count({
        where: ["partition = ?", "id <> ?", `${uniqueKeyColumn(index)} = ?`],
        values: [partition, id, key],
      }) > 0;
    return uniqueKeys.some(isKeyTaken);
  }

  *scan({ where, values, orderBy }: Scan): Generator<StoredRow> {
    const conditions = [IS_ALIVE, ...where].join(" and ");
    const sql = `select * from ${this.#table} where ${conditions} order by ${orderBy.join(", ")}`;
    for (const row of this.#file.each(sql, [this.#nowSeconds(), ...values])) {
      yield storedRow(row);
    }
  }

  count({ where, values }: Pick<Scan, "where" | "values">): number {
    const conditions = [IS_ALIVE, ...where].join(" and ");
    const sql = `select count(*) as number from ${this.#table} where ${conditions}`;
    return Number(this.#file.first(sql, this.#nowSeconds(), ...values)?.["number"]);
  }
}

function storedRow(row: Row): StoredRow {
  return {
    position: Number(row["position"]),
    partition: String(row["partition"]),
    id: String(row["id"]),
    body: String(row["body"]),
    etag: String(row["etag"]),
    sequence: Number(row["sequence"]),
  };
}
