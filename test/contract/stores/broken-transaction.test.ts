import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "../../../src/adapters/postgres/transaction.ts";
import { type ShamPostgres, startDroppingPostgres } from "../../support/sham-postgres.ts";

let server: ShamPostgres;
let pool: Pool;

beforeAll(async () => {
  server = await startDroppingPostgres();
  pool = new Pool({ connectionString: server.url });
});

afterAll(async () => {
  await pool.end();
  await server.close();
});

describe("a transaction whose connection breaks", () => {
  it("fails by itself, leaves the process alone, and its connection is not used again", async () => {
    const uncaught: unknown[] = [];
    const listen = (error: unknown): void => void uncaught.push(error);
    process.on("uncaughtException", listen);

    const broken = inTransaction(pool, (client) => client.query("SELECT 1"));

    await expect(broken).rejects.toThrow("Connection terminated");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("uncaughtException", listen);
    expect(uncaught).toEqual([]);
    expect(pool.totalCount).toBe(0);
  });
});
