import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

const SCHEMA_VERSION = 1;

/** A longer log before a checkpoint means fewer waits for the disk. */
const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 4000;
`;

const SCHEMA = `
  CREATE TABLE instances (
    instance_id TEXT PRIMARY KEY,
    execution_id TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    status TEXT NOT NULL,
    input TEXT,
    output TEXT,
    custom_status TEXT,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    parent TEXT,
    trace_parent TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE history (
    instance_id TEXT NOT NULL,
    turn INTEGER NOT NULL,
    events TEXT NOT NULL,
    PRIMARY KEY (instance_id, turn)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance_id TEXT NOT NULL,
    execution_id TEXT,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX inbox_by_instance ON inbox (instance_id, id);
  CREATE TABLE activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance_id TEXT NOT NULL,
    execution_id TEXT NOT NULL,
    task_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    input TEXT NOT NULL
  ) STRICT;
  CREATE TABLE timers (
    instance_id TEXT NOT NULL,
    execution_id TEXT NOT NULL,
    timer_id INTEGER NOT NULL,
    fire_at_ms INTEGER NOT NULL,
    PRIMARY KEY (instance_id, execution_id, timer_id)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Opens the file, which belongs to one process at a time. A commit survives the death of the process at any moment
 * (not the loss of power: `synchronous=NORMAL`).
 *
 * @throws {Error} when another process has the file open or another version of the host wrote it.
 */
export function openDatabase(databaseFile: string): DatabaseSync {
  if (databaseFile !== ":memory:") {
    mkdirSync(dirname(databaseFile), { recursive: true });
  }
  const database = new DatabaseSync(databaseFile);
  try {
    database.exec(PRAGMAS);
    createSchema(database);
  } catch (error) {
    database.close();
    const problem = isLocked(error) ? "is in use by another process" : "cannot be used";
    throw new Error(`The file of the orchestrations, ${databaseFile}, ${problem}.`, { cause: error });
  }
  return database;
}

function createSchema(database: DatabaseSync): void {
  const version = database.prepare("PRAGMA user_version").get()?.["user_version"];
  if (version === 0) {
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`);
  } else if (version !== SCHEMA_VERSION) {
    throw new Error(
      `Its schema has the version ${String(version)}, not ${SCHEMA_VERSION}. Delete it to begin anew.`,
    );
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("locked");
}
