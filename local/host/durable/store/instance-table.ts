import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import * as z from "zod";
import { RUNTIME_STATUSES, type RuntimeStatus } from "../protocol/runtime-status.ts";
import type { InstanceRecord } from "./instance-record.ts";
import { numberOf, textOf, textOrNullOf, type Row } from "./row.ts";

export interface InstanceFilter {
  readonly createdFromMs?: number | undefined;
  readonly createdToMs?: number | undefined;
  /** Any state when empty. */
  readonly statuses: readonly RuntimeStatus[];
  readonly idPrefix?: string | undefined;
}

export interface Page {
  /** The id after which the page begins. */
  readonly after: string;
  readonly limit: number;
}

const status = z.enum(RUNTIME_STATUSES);
const parent = z.object({
  instanceId: z.string(),
  executionId: z.string(),
  taskId: z.number(),
  name: z.string(),
});

const COLUMNS =
  "instance_id, execution_id, name, version, status, input, output, custom_status, created_ms, updated_ms, parent, trace_parent";

export class InstanceTable {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;
  readonly #save: StatementSync;
  readonly #delete: StatementSync;
  readonly #children: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare(`SELECT ${COLUMNS} FROM instances WHERE instance_id = ?`);
    this.#save = database.prepare(
      `INSERT OR REPLACE INTO instances (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, "?")})`,
    );
    this.#delete = database.prepare("DELETE FROM instances WHERE instance_id = ?");
    this.#children = database.prepare(
      `SELECT ${COLUMNS} FROM instances WHERE parent ->> 'instanceId' = ? AND parent ->> 'executionId' = ?`,
    );
  }

  find(instanceId: string): InstanceRecord | undefined {
    const row = this.#find.get(instanceId);
    return row === undefined ? undefined : recordOf(row);
  }

  /** Writes over a record with the same id. */
  save(record: InstanceRecord): void {
    this.#save.run(
      record.instanceId,
      record.executionId,
      record.name,
      record.version,
      record.status,
      record.input,
      record.output,
      record.customStatus,
      record.createdMs,
      record.updatedMs,
      record.parent === null ? null : JSON.stringify(record.parent),
      record.traceParent,
    );
  }

  delete(instanceId: string): void {
    this.#delete.run(instanceId);
  }

  childrenOf(instance: InstanceRecord): InstanceRecord[] {
    return this.#children.all(instance.instanceId, instance.executionId).map(recordOf);
  }

  /** Ordered by id. */
  list(filter: InstanceFilter, page: Page): InstanceRecord[] {
    const { sql, values } = conditionOf(filter);
    const statement = this.#database.prepare(
      `SELECT ${COLUMNS} FROM instances WHERE ${sql} AND instance_id > ? ORDER BY instance_id LIMIT ?`,
    );
    return statement.all(...values, page.after, page.limit).map(recordOf);
  }
}

function conditionOf(filter: InstanceFilter): {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
} {
  const terms = ["TRUE"];
  const values: SQLInputValue[] = [];
  if (filter.createdFromMs !== undefined) {
    terms.push("created_ms >= ?");
    values.push(filter.createdFromMs);
  }
  if (filter.createdToMs !== undefined) {
    terms.push("created_ms <= ?");
    values.push(filter.createdToMs);
  }
  if (filter.statuses.length > 0) {
    terms.push(`status IN (${filter.statuses.map(() => "?").join(", ")})`);
    values.push(...filter.statuses);
  }
  if (filter.idPrefix !== undefined) {
    terms.push("substr(instance_id, 1, length(?)) = ?");
    values.push(filter.idPrefix, filter.idPrefix);
  }
  return { sql: terms.join(" AND "), values };
}

function recordOf(row: Row): InstanceRecord {
  const parentText = textOrNullOf(row, "parent");
  return {
    instanceId: textOf(row, "instance_id"),
    executionId: textOf(row, "execution_id"),
    name: textOf(row, "name"),
    version: textOf(row, "version"),
    status: status.parse(row["status"]),
    input: textOrNullOf(row, "input"),
    output: textOrNullOf(row, "output"),
    customStatus: textOrNullOf(row, "custom_status"),
    createdMs: numberOf(row, "created_ms"),
    updatedMs: numberOf(row, "updated_ms"),
    parent: parentText === null ? null : parent.parse(JSON.parse(parentText)),
    traceParent: textOrNullOf(row, "trace_parent"),
  };
}
