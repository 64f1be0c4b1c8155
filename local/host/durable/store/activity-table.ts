import type { DatabaseSync, StatementSync } from "node:sqlite";
import { numberOf, textOf } from "./row.ts";

export interface ScheduledActivity {
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
  readonly name: string;
  /** A JSON array of one element. */
  readonly input: string;
}

/** The activities that are scheduled and whose outcome is not recorded: what has to run, perhaps again. */
export class ActivityTable {
  readonly #add: StatementSync;
  readonly #find: StatementSync;
  readonly #remove: StatementSync;
  readonly #ids: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare(
      "INSERT INTO activities (instance_id, execution_id, task_id, name, input) VALUES (?, ?, ?, ?, ?)",
    );
    this.#find = database.prepare(
      "SELECT instance_id, execution_id, task_id, name, input FROM activities WHERE id = ?",
    );
    this.#remove = database.prepare("DELETE FROM activities WHERE id = ?");
    this.#ids = database.prepare("SELECT id FROM activities ORDER BY id");
  }

  /** Returns the number of the row. */
  add(activity: ScheduledActivity): number {
    const { instanceId, executionId, taskId, name, input } = activity;
    return Number(this.#add.run(instanceId, executionId, taskId, name, input).lastInsertRowid);
  }

  find(id: number): ScheduledActivity | undefined {
    const row = this.#find.get(id);
    return row === undefined
      ? undefined
      : {
          instanceId: textOf(row, "instance_id"),
          executionId: textOf(row, "execution_id"),
          taskId: numberOf(row, "task_id"),
          name: textOf(row, "name"),
          input: textOf(row, "input"),
        };
  }

  /** Returns false when the row was gone before. */
  remove(id: number): boolean {
    return this.#remove.run(id).changes > 0;
  }

  /** In the order of scheduling. */
  ids(): number[] {
    return this.#ids.all().map((row) => numberOf(row, "id"));
  }
}
