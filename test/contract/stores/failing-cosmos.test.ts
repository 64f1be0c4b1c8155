import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import type { FaultRequest } from "../../../local/faults/fault.ts";
import { type RunningCosmos, start } from "../../../local/cosmos/start.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import type { DocumentCollection, StoredDocument } from "../../../src/application/ports/documents.ts";

let cosmos: RunningCosmos;
let database: CosmosDatabase;
let documents: DocumentCollection<StoredDocument>;
const control = createControl();
const document = { id: "a", partition: "ada", createdAt: "2026-03-01T12:00:00.000Z" };

beforeAll(async () => {
  cosmos = await start({ port: 0, control });
  database = new CosmosDatabase({
    endpoint: cosmos.url,
    credential: { key: cosmos.key },
    databaseName: "voice-cloning",
    createIfAbsent: true,
    deadlineMs: 700,
  });
  documents = database.collection({ name: "notes" });
  await documents.upsert(document);
});

afterEach(() => {
  control.faults.clear();
});

afterAll(async () => {
  await database.close();
  await cosmos.close();
});

const calls: readonly { readonly name: string; readonly run: () => Promise<unknown> }[] = [
  { name: "read", run: () => documents.read("ada", "a") },
  { name: "create", run: () => documents.create({ ...document, id: "b" }) },
  { name: "replace", run: () => documents.replace(document, "some-etag") },
  { name: "upsert", run: () => documents.upsert(document) },
  { name: "delete", run: () => documents.delete("ada", "a") },
  { name: "query", run: () => documents.query({ partition: "ada", limit: 1 }) },
  { name: "count", run: () => documents.count({ partition: "ada" }) },
  { name: "applyAll", run: () => documents.applyAll("ada", [{ kind: "upsert", document }]) },
  { name: "increment", run: () => database.counters({ now: () => new Date() }).increment("k", 1, 60) },
];

describe("Cosmos DB that does not do its work", () => {
  it.each(calls)("is told by $name as store-unavailable when it throttles for long", async ({ run }) => {
    control.faults.add({
      service: "cosmos",
      action: { kind: "throttle", retryAfterSeconds: 20 },
      times: { forMs: 60_000 },
    });

    await expect(run()).rejects.toMatchObject({ code: "store-unavailable", retryAfterSeconds: 20 });
  });

  it.each(calls)("is told by $name as store-unavailable when it fails", async ({ run }) => {
    control.faults.add({
      service: "cosmos",
      action: { kind: "status", status: 500 },
      times: { forMs: 60_000 },
    });

    await expect(run()).rejects.toMatchObject({ code: "store-unavailable" });
  });

  it.each(calls)(
    "is told by $name as store-unavailable when it is silent beyond the deadline",
    async ({ run }) => {
      control.faults.add({ service: "cosmos", action: { kind: "silence" }, times: { forMs: 60_000 } });

      await expect(run()).rejects.toMatchObject({ code: "store-unavailable" });
    },
  );

  it("is asked again after short throttling, without anybody hearing of it", async () => {
    const fault: FaultRequest = {
      service: "cosmos",
      action: { kind: "throttle", retryAfterSeconds: 0.01 },
      times: 2,
    };
    control.faults.add(fault);

    expect(await documents.upsert(document)).toMatchObject(document);
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

    const read = documents.read("ada", "a", caller.signal);
    caller.abort(new Error("gave up"));

    await expect(read).rejects.toThrow("gave up");
  });
});
