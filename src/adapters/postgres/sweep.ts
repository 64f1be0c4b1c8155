import type { Pool } from "pg";
import { identifier } from "./sql.ts";

const MAX_ROWS = 1_000;

/** Removes some of the rows whose time is over; nobody sees them any more. */
export async function sweep(pool: Pool, table: string, nowMs: number): Promise<void> {
  const name = identifier(table);
  await pool.query(
    `DELETE FROM ${name} WHERE ctid IN (SELECT ctid FROM ${name} WHERE expires_at <= $1 LIMIT ${MAX_ROWS})`,
    [nowMs],
  );
}
