import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { HistoryEvent } from "../protocol/history-event.ts";
import { historyOf, historyText } from "./event-text.ts";
import { textOf } from "./row.ts";

/** The histories of the orchestrations, a row per turn. */
export class HistoryTable {
  readonly #append: StatementSync;
  readonly #read: StatementSync;
  readonly #clear: StatementSync;

  constructor(database: DatabaseSync) {
    this.#append = database.prepare(
      `INSERT INTO history (instance_id, turn, events)
       VALUES (?1, (SELECT coalesce(max(turn), 0) + 1 FROM history WHERE instance_id = ?1), ?2)`,
    );
    this.#read = database.prepare("SELECT events FROM history WHERE instance_id = ? ORDER BY turn");
    this.#clear = database.prepare("DELETE FROM history WHERE instance_id = ?");
  }

  append(instanceId: string, events: readonly HistoryEvent[]): void {
    this.#append.run(instanceId, historyText(events));
  }

  read(instanceId: string): HistoryEvent[] {
    return this.#read.all(instanceId).flatMap((row) => historyOf(textOf(row, "events")));
  }

  clear(instanceId: string): void {
    this.#clear.run(instanceId);
  }

  replace(instanceId: string, events: readonly HistoryEvent[]): void {
    this.clear(instanceId);
    this.append(instanceId, events);
  }
}
