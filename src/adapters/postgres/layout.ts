import type { CollectionDefinition } from "../../application/ports/documents.ts";
import { identifier, numberOf, textOf } from "./sql.ts";

/** A table with everything that belongs to it. */
export interface TableLayout {
  readonly table: string;
  /** Statements that make what is missing and leave what is there. */
  readonly statements: readonly string[];
  /** Names of its indexes; when all are there, the table needs nothing. */
  readonly indexes: readonly string[];
}

/** Keys compare by code point, whatever the server's locale is. Times are milliseconds since 1970. */
export function layoutOf({ name, orderedBy = [] }: CollectionDefinition): TableLayout {
  const table = identifier(name);
  const orders = ["createdAt", ...orderedBy].map((field, index) => ({ field, index: `${name}-o${index}` }));
  const expiry = `${name}-x`;
  return {
    table: name,
    indexes: [...orders.map(({ index }) => index), expiry],
    statements: [
      `CREATE TABLE IF NOT EXISTS ${table} (
        partition text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        document jsonb NOT NULL,
        etag text NOT NULL,
        expires_at double precision,
        PRIMARY KEY (partition, id)
      )`,
      ...orders.map(
        ({ field, index }) =>
          `CREATE INDEX IF NOT EXISTS ${identifier(index)} ON ${table} (partition, ${orderColumns(field)}, id)`,
      ),
      `CREATE INDEX IF NOT EXISTS ${identifier(expiry)} ON ${table} (expires_at) WHERE expires_at IS NOT NULL`,
    ],
  };
}

/** Documents are ordered by `createdAt` as text, by other fields as number or text. */
function orderColumns(field: string): string {
  return field === "createdAt" ? textOf(field) : `${numberOf(field)}, ${textOf(field)}`;
}

export const COUNTER_TABLE = "rate-counters";

/** Not logged: a crash of the server may forget the requests of the last minute. */
export const COUNTER_LAYOUT: TableLayout = {
  table: COUNTER_TABLE,
  indexes: [`${COUNTER_TABLE}-x`],
  statements: [
    `CREATE UNLOGGED TABLE IF NOT EXISTS ${identifier(COUNTER_TABLE)} (
      key text COLLATE "C" PRIMARY KEY,
      value double precision NOT NULL,
      expires_at double precision NOT NULL
    )`,
    `CREATE INDEX IF NOT EXISTS ${identifier(`${COUNTER_TABLE}-x`)}
      ON ${identifier(COUNTER_TABLE)} (expires_at)`,
  ],
};
