import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { Clock } from "../../application/ports/clock.ts";
import type { CounterStore } from "../../application/ports/counters.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { StoreRenewal } from "../rotation/store-renewal.ts";
import { COUNTER_TABLE } from "./layout.ts";
import { callPostgres } from "./postgres-call.ts";
import { identifier } from "./sql.ts";
import { sweep } from "./sweep.ts";

export interface PostgresCounterOptions {
  /** Opens the pool and lays out the table; called before each operation. */
  readonly pool: () => Promise<Pool>;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly renewal: StoreRenewal;
}

const SWEEP_EVERY_INCREMENTS = 500;

/** Counters as rows that are incremented inside PostgreSQL, so that no increment is lost between instances. */
export class PostgresCounterStore implements CounterStore {
  readonly #options: PostgresCounterOptions;
  #increments = 0;

  constructor(options: PostgresCounterOptions) {
    this.#options = options;
  }

  async increment(key: string, amount: number, windowSeconds: number) {
    const { pool, clock, deadlineMs, renewal } = this.#options;
    const nowMs = clock.now().getTime();
    return callPostgres({ deadlineMs, renewal }, async () => {
      const connection = await pool();
      const { rows } = await connection.query<{ value: number; expires_at: number }>(
        `INSERT INTO ${identifier(COUNTER_TABLE)} AS stored (key, value, expires_at)
         VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET
           value = CASE WHEN stored.expires_at > $4 THEN stored.value ELSE 0 END + excluded.value,
           expires_at = CASE WHEN stored.expires_at > $4 THEN stored.expires_at ELSE excluded.expires_at END
         RETURNING value, expires_at`,
        [hashed(key), amount, nowMs + windowSeconds * 1000, nowMs],
      );
      await this.#sweepSometimes(connection, nowMs);
      const row = rows[0];
      if (row === undefined) {
        throw new ServiceError("store-unavailable", "PostgreSQL did not count.", { retryAfterSeconds: 1 });
      }
      return { value: row.value, expiresAt: new Date(row.expires_at) };
    });
  }

  async #sweepSometimes(pool: Pool, nowMs: number): Promise<void> {
    this.#increments += 1;
    if (this.#increments % SWEEP_EVERY_INCREMENTS === 0) {
      await sweep(pool, COUNTER_TABLE, nowMs);
    }
  }
}

/** Keys name principals. */
function hashed(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
