import type { Pool, PoolClient } from "pg";
import type { TableLayout } from "./layout.ts";
import { inTransaction } from "./transaction.ts";

/** Any number: instances that lay out tables of this app wait for each other by it. */
const LAYOUT_LOCK = 7_071_001;

/** Makes what is missing of a table. Several instances may try at once, and each may try again. */
export async function layOut(pool: Pool, layout: TableLayout): Promise<void> {
  if (await isComplete(pool, layout)) {
    return;
  }
  await inTransaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock($1)", [LAYOUT_LOCK]);
    for (const statement of layout.statements) {
      await client.query(statement);
    }
  });
}

async function isComplete(pool: Pool | PoolClient, { table, indexes }: TableLayout): Promise<boolean> {
  const { rows } = await pool.query<{ indexname: string }>(
    "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = $1",
    [table],
  );
  const present = rows.map(({ indexname }) => indexname);
  return indexes.every((index) => present.includes(index));
}
