import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import type { FaultRequest } from "../../../local/faults/fault.ts";
import { type RunningCosmos, start } from "../../../local/cosmos/start.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import type { DocumentCollection, StoredDocument } from "../../../src/application/ports/documents.ts";

/** A database and a collection of it. */
interface Stores {
  readonly database: CosmosDatabase;
  readonly documents: DocumentCollection<StoredDocument>;
}

let cosmos: RunningCosmos;
let stores: Stores;
/** They give up after 700 ms. */
let impatient: Stores;
const control = createControl();
const document = { id: "a", partition: "ada", createdAt: "2026-03-01T12:00:00.000Z" };

beforeAll(async () => {
  cosmos = await start({ port: 0, control });
  const settings = {
    endpoint: cosmos.url,
    credential: { key: cosmos.key },
    databaseName: "voice-cloning",
    createIfAbsent: true,
  };
  stores = storesOf(new CosmosDatabase(settings));
  await stores.documents.upsert(document);
  impatient = storesOf(new CosmosDatabase({ ...settings, createIfAbsent: false, deadlineMs: 700 }));
  // It makes its connection at first use.
  await impatient.documents.read("ada", "a").catch(() => undefined);
});

function storesOf(database: CosmosDatabase): Stores {
  return { database, documents: database.collection({ name: "notes" }) };
}

afterEach(() => {
  control.faults.clear();
});

afterAll(async () => {
  await stores.database.close();
  await impatient.database.close();
  await cosmos.close();
});

interface Call {
  readonly name: string;
  readonly run: (stores: Stores) => Promise<unknown>;
}

const calls: readonly Call[] = [
  { name: "read", run: ({ documents }) => documents.read("ada", "a") },
  { name: "create", run: ({ documents }) => documents.create({ ...document, id: "b" }) },
  { name: "replace", run: ({ documents }) => documents.replace(document, "some-etag") },
  { name: "upsert", run: ({ documents }) => documents.upsert(document) },
  { name: "delete", run: ({ documents }) => documents.delete("ada", "a") },
  { name: "query", run: ({ documents }) => documents.query({ partition: "ada", limit: 1 }) },
  { name: "count", run: ({ documents }) => documents.count({ partition: "ada" }) },
  { name: "applyAll", run: ({ documents }) => documents.applyAll("ada", [{ kind: "upsert", document }]) },
  {
    name: "increment",
    run: ({ database }) => database.counters({ now: () => new Date() }).increment("k", 1, 60),
  },
];

describe("Cosmos DB that does not do its work", () => {
  it.each(calls)("is told by $name as store-unavailable when it throttles for long", async ({ run }) => {
    control.faults.add({
      service: "cosmos",
      action: { kind: "throttle", retryAfterSeconds: 20 },
      times: { forMs: 60_000 },
    });

    await expect(run(stores)).rejects.toMatchObject({ code: "store-unavailable", retryAfterSeconds: 20 });
  });

  it.each(calls)("is told by $name as store-unavailable when it fails", async ({ run }) => {
    control.faults.add({
      service: "cosmos",
      action: { kind: "status", status: 500 },
      times: { forMs: 60_000 },
    });

    await expect(run(stores)).rejects.toMatchObject({ code: "store-unavailable" });
  });

  it.each(calls)(
    "is told by $name as store-unavailable when it is silent beyond the deadline",
    async ({ run }) => {
      control.faults.add({ service: "cosmos", action: { kind: "silence" }, times: { forMs: 60_000 } });

      await expect(run(impatient)).rejects.toMatchObject({ code: "store-unavailable" });
    },
  );

  it("is asked again after short throttling, without anybody hearing of it", async () => {
    const fault: FaultRequest = {
      service: "cosmos",
      action: { kind: "throttle", retryAfterSeconds: 0.01 },
      times: 2,
    };
    control.faults.add(fault);

    expect(await stores.documents.upsert(document)).toMatchObject(document);
  });

  it("is told as store-unavailable when nothing listens", async () => {
    const lost = new CosmosDatabase({
      endpoint: "http://127.0.0.1:1",
      credential: { key: cosmos.key },
      databaseName: "voice-cloning",
      createIfAbsent: true,
      deadlineMs: 500,
    });

    await expect(lost.collection({ name: "notes" }).read("ada", "a")).rejects.toMatchObject({
      code: "store-unavailable",
    });
    await expect(lost.check()).rejects.toMatchObject({ code: "store-unavailable" });
    await lost.close();
  });

  it("lets a caller go who has given up", async () => {
    control.faults.add({ service: "cosmos", action: { kind: "silence" } });
    const caller = new AbortController();

    const read = stores.documents.read("ada", "a", caller.signal);
    caller.abort(new Error("gave up"));

    await expect(read).rejects.toThrow("gave up");
  });
});
