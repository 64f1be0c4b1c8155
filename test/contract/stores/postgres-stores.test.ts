import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type RunningPostgres, startPostgres } from "../../../local/postgres/start-postgres.ts";
import { PostgresDatabase } from "../../../src/adapters/postgres/postgres-database.ts";
import { counterStoreContract } from "./counter-store.contract.ts";
import { documentCollectionContract } from "./document-collection.contract.ts";
import { newDefinition, note, type Note } from "./document-store-under-test.ts";

/** A server to test against instead of the embedded engine. Tables of earlier runs may stay in it. */
const serverUrl = process.env["TEST_DATABASE_URL"];

let engine: RunningPostgres | undefined;
let url = serverUrl ?? "";
let nowMs = Date.now();
const clock = { now: () => new Date(nowMs) };
const advance = (seconds: number): void => {
  nowMs += seconds * 1000;
};
const databases: PostgresDatabase[] = [];

beforeAll(async () => {
  if (serverUrl === undefined) {
    engine = await startPostgres({ port: 0 });
    url = engine.url;
  }
}, 120_000);

afterAll(async () => {
  await Promise.all(databases.map(async (database) => database.close()));
  await engine?.close();
});

function newDatabase(at = url): PostgresDatabase {
  const made = new PostgresDatabase({
    url: at,
    credential: { getToken: async () => null },
    clock,
    maxConnections: 5,
  });
  databases.push(made);
  return made;
}

documentCollectionContract("PostgreSQL", async () => {
  const store = newDatabase();
  return { collection: async (definition) => store.collection(definition), advance };
});

counterStoreContract("PostgreSQL", async () => ({
  store: newDatabase().counters(clock),
  otherInstance: newDatabase().counters(clock),
  now: () => clock.now(),
  advance,
}));

describe("PostgreSQL, as a database", () => {
  it("lays out a table once, although many instances open it at the same moment", async () => {
    const definition = newDefinition();
    const instances = Array.from({ length: 5 }, () => newDatabase().collection<Note>(definition));

    await Promise.all(instances.map(async (notes, index) => notes.create(note(`n${index}`))));

    expect(await instances[0]?.count({})).toBe(5);
  });

  it("finds a table again after a restart, with what it held", async () => {
    const definition = newDefinition();
    const first = newDatabase();
    const created = await first.collection<Note>(definition).create(note("a", { title: "kept" }));
    await first.close();
    databases.splice(databases.indexOf(first), 1);

    expect(await newDatabase().collection<Note>(definition).read("ada", "a")).toEqual(created);
  });

  it("answers a check, and says that it is unavailable where nothing listens", async () => {
    await expect(newDatabase().check()).resolves.toBeUndefined();
    await expect(newDatabase("postgresql://nobody:nothing@127.0.0.1:1/none").check()).rejects.toMatchObject({
      code: "store-unavailable",
    });
  });

  it("removes rows whose time is over while it writes", async () => {
    const notes = newDatabase().collection<Note>(newDefinition());
    await notes.create(note("old"), { timeToLiveSeconds: 1 });
    advance(2);

    for (let index = 0; index < 500; index += 1) {
      await notes.upsert(note("new"));
    }
    advance(-2);

    expect(await notes.read("ada", "old")).toBeUndefined();
    expect(await notes.read("ada", "new")).toBeDefined();
  });
});
