import type { DatabaseSync, StatementSync } from "node:sqlite";
import { numberOf, textOf } from "./row.ts";

export interface ScheduledTimer {
  readonly instanceId: string;
  readonly executionId: string;
  readonly timerId: number;
  readonly fireAtMs: number;
}

/** The timers that have not fired. */
export class TimerTable {
  readonly #add: StatementSync;
  readonly #remove: StatementSync;
  readonly #removeAllOf: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      "INSERT INTO timers (instance_id, execution_id, timer_id, fire_at_ms) VALUES (?, ?, ?, ?)",
    );
    this.#remove = database.prepare(
      "DELETE FROM timers WHERE instance_id = ? AND execution_id = ? AND timer_id = ?",
    );
    this.#removeAllOf = database.prepare("DELETE FROM timers WHERE instance_id = ?");
    this.#all = database.prepare("SELECT * FROM timers ORDER BY fire_at_ms");
  }

  add(timer: ScheduledTimer): void {
    this.#add.run(timer.instanceId, timer.executionId, timer.timerId, timer.fireAtMs);
  }

  /** Returns false when the timer was gone before. */
  remove(timer: ScheduledTimer): boolean {
    return this.#remove.run(timer.instanceId, timer.executionId, timer.timerId).changes > 0;
  }

  removeAllOf(instanceId: string): void {
    this.#removeAllOf.run(instanceId);
  }

  all(): ScheduledTimer[] {
    return this.#all.all().map((row) => ({
      instanceId: textOf(row, "instance_id"),
      executionId: textOf(row, "execution_id"),
      timerId: numberOf(row, "timer_id"),
      fireAtMs: numberOf(row, "fire_at_ms"),
    }));
  }
}
