import type { ScheduledTimer } from "../store/timer-table.ts";

/** What has to happen in memory once a transaction is durable. All of it is found again in the store after a crash. */
export interface Effects {
  /** Orchestrations for which something waits. */
  readonly wake: readonly string[];
  /** Rows of the activity table. */
  readonly activities: readonly number[];
  readonly timers: readonly ScheduledTimer[];
  /** Orchestrations none of whose older timers may fire. */
  readonly withoutTimers: readonly string[];
}
