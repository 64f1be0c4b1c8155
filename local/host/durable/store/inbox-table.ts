import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Message } from "../protocol/history-event.ts";
import { messageOf, messageText } from "./event-text.ts";
import { numberOf, textOf } from "./row.ts";

export interface InboxMessage {
  readonly id: number;
  readonly message: Message;
}

/** One execution of an orchestration. */
export interface ExecutionReference {
  readonly instanceId: string;
  readonly executionId: string;
}

/** What waits for the next turn of an orchestration. */
export class InboxTable {
  readonly #add: StatementSync;
  readonly #addOutcome: StatementSync;
  readonly #read: StatementSync;
  readonly #remove: StatementSync;
  readonly #removeExecution: StatementSync;
  readonly #clear: StatementSync;
  readonly #recipients: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare("INSERT INTO inbox (instance_id, execution_id, event) VALUES (?, NULL, ?)");
    this.#addOutcome = database.prepare(
      `INSERT INTO inbox (instance_id, execution_id, event)
       SELECT instance_id, execution_id, ?3 FROM instances
       WHERE instance_id = ?1 AND execution_id = ?2 AND status NOT IN ('Completed', 'Failed', 'Terminated', 'Canceled')`,
    );
    this.#read = database.prepare("SELECT id, event FROM inbox WHERE instance_id = ? ORDER BY id");
    this.#remove = database.prepare("DELETE FROM inbox WHERE id = ?");
    this.#removeExecution = database.prepare(
      "DELETE FROM inbox WHERE instance_id = ? AND execution_id IS NOT NULL",
    );
    this.#clear = database.prepare("DELETE FROM inbox WHERE instance_id = ?");
    this.#recipients = database.prepare("SELECT DISTINCT instance_id FROM inbox ORDER BY id");
  }

  /** Adds what outlives a `continueAsNew`: the start, events and control messages. */
  add(instanceId: string, message: Message): void {
    this.#add.run(instanceId, messageText(message));
  }

  /**
   * Adds the outcome of something that one execution scheduled. Returns false, and adds nothing, when that execution
   * has ended.
   */
  addOutcome(
    execution: { readonly instanceId: string; readonly executionId: string },
    message: Message,
  ): boolean {
    const { changes } = this.#addOutcome.run(
      execution.instanceId,
      execution.executionId,
      messageText(message),
    );
    return changes > 0;
  }

  /** In the order of arrival. */
  read(instanceId: string): InboxMessage[] {
    return this.#read
      .all(instanceId)
      .map((row) => ({ id: numberOf(row, "id"), message: messageOf(textOf(row, "event")) }));
  }

  remove(ids: readonly number[]): void {
    for (const id of ids) {
      this.#remove.run(id);
    }
  }

  /** Removes the outcomes of what an execution scheduled; keeps what {@link add} added. */
  removeOutcomes(instanceId: string): void {
    this.#removeExecution.run(instanceId);
  }

  clear(instanceId: string): void {
    this.#clear.run(instanceId);
  }

  /** The ids of all orchestrations for which something waits. */
  recipients(): string[] {
    return this.#recipients.all().map((row) => textOf(row, "instance_id"));
  }
}
