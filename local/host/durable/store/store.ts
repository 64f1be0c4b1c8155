import type { DatabaseSync } from "node:sqlite";
import { ActivityTable } from "./activity-table.ts";
import { GroupCommit, type CommitObserver } from "./group-commit.ts";
import { HistoryTable } from "./history-table.ts";
import { InboxTable } from "./inbox-table.ts";
import { InstanceTable } from "./instance-table.ts";
import { openDatabase } from "./open-database.ts";
import { TimerTable } from "./timer-table.ts";

/** All that orchestrations leave behind. Change it through {@link Store.commits} only. */
export class Store {
  readonly instances: InstanceTable;
  readonly history: HistoryTable;
  readonly inbox: InboxTable;
  readonly activities: ActivityTable;
  readonly timers: TimerTable;
  readonly commits: GroupCommit;
  readonly #database: DatabaseSync;

  /** @throws {Error} when the file is in use by another process. */
  constructor(databaseFile: string, observer: CommitObserver) {
    const database = openDatabase(databaseFile);
    this.#database = database;
    this.instances = new InstanceTable(database);
    this.history = new HistoryTable(database);
    this.inbox = new InboxTable(database);
    this.activities = new ActivityTable(database);
    this.timers = new TimerTable(database);
    this.commits = new GroupCommit(database, observer);
  }

  get isClosed(): boolean {
    return !this.#database.isOpen;
  }

  /** Loses what is not committed. */
  close(): void {
    this.commits.close();
    if (this.#database.isOpen) {
      this.#database.close();
    }
  }
}
