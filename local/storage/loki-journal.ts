import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { z } from "zod";
import type { LokiDatabase, LokiDocument, LokiPersistence } from "./azurite-server.ts";

const documentSchema = z.looseObject({ $loki: z.number() });

/** Of one document: its collection, its id, and what it is now. Removed: null. */
const changeSchema = z.tuple([z.string(), z.number(), documentSchema.nullable()]);

const snapshotSchema = z.looseObject({
  collections: z.array(z.looseObject({ name: z.string(), maxId: z.number(), data: z.array(documentSchema) })),
});

type Change = z.infer<typeof changeSchema>;
type Snapshot = z.infer<typeof snapshotSchema>;

/** The changes of a database since its last snapshot, in a file beside it. */
export interface LokiJournal {
  /** Writes down what has changed since the last call. The time it takes grows with the changes, not with the database. */
  write(): void;
}

/**
 * Keeps a database in a snapshot and a journal. By itself LokiJS writes the whole database every five seconds: a killed
 * process loses what came after, and each of these writes takes longer the more blobs there are. Here the snapshot is
 * written when the database is opened and closed. Call it before the database is opened.
 */
export function journalOf(database: LokiDatabase): LokiJournal {
  const file = `${database.filename}.journal`;
  database.autosaveDisable();
  database.isIncremental = true;
  database.persistenceAdapter = withJournal(database.persistenceAdapter, file);
  database.on("loaded", () => {
    for (const collection of database.collections) {
      collection.ensureAllIndexes(true);
    }
  });
  return {
    write() {
      const lines = takeChanges(database).map((change) => `${JSON.stringify(change)}\n`);
      if (lines.length > 0) {
        appendFileSync(file, lines.join(""));
      }
    },
  };
}

function takeChanges(database: LokiDatabase): readonly (readonly [string, number, LokiDocument | null])[] {
  return database.collections.flatMap((collection) => {
    const ids = new Set(collection.dirtyIds);
    collection.dirtyIds = [];
    return Array.from(ids, (id) => [collection.name, id, collection.get(id)] as const);
  });
}

/** Whoever is killed between the snapshot and the end of the journal finds both, and the journal changes nothing then. */
function withJournal(snapshots: LokiPersistence, file: string): LokiPersistence {
  return {
    loadDatabase(name, callback) {
      snapshots.loadDatabase(name, (content) => {
        callback(
          typeof content === "string" && content !== "" ? replay(content, readChanges(file)) : content,
        );
      });
    },
    saveDatabase(name, content, callback) {
      snapshots.saveDatabase(name, content, (error) => {
        if (error === undefined || error === null) {
          rmSync(file, { force: true });
        }
        callback(error);
      });
    },
  };
}

function readChanges(file: string): readonly Change[] {
  const lines = readFileSync(file, { encoding: "utf8", flag: "a+" }).split("\n");
  // A kill may have cut the last line off: nobody was answered then.
  return lines.slice(0, -1).map((line) => changeSchema.parse(JSON.parse(line)));
}

function replay(content: string, changes: readonly Change[]): Snapshot {
  const snapshot = snapshotSchema.parse(JSON.parse(content));
  for (const collection of snapshot.collections) {
    const documents = new Map(collection.data.map((document) => [document.$loki, document]));
    for (const [name, id, document] of changes) {
      if (name !== collection.name) {
        continue;
      }
      collection.maxId = Math.max(collection.maxId, id);
      if (document === null) {
        documents.delete(id);
      } else {
        documents.set(id, document);
      }
    }
    // LokiJS finds documents by halving a list that is in the order of their ids.
    collection.data = [...documents.values()].toSorted((one, other) => one.$loki - other.$loki);
  }
  return snapshot;
}
