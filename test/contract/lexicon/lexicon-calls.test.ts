import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningCosmos, start } from "../../../local/cosmos/start.ts";
import { createControl } from "../../../local/faults/control.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { LEXICONS, type LexiconDocument } from "../../../src/application/lexicon/lexicon-documents.ts";
import { lexiconWorld } from "../../support/lexicon/lexicon-world.ts";

const control = createControl();
let cosmos: RunningCosmos;
let database: CosmosDatabase;

beforeAll(async () => {
  cosmos = await start({ port: 0, control });
  database = new CosmosDatabase({
    endpoint: cosmos.url,
    credential: { key: cosmos.key },
    databaseName: "voice-cloning",
    createIfAbsent: true,
  });
});

afterAll(async () => {
  await database.close();
  await cosmos.close();
});

/** Calls of Cosmos DB while the work runs. */
async function callsOf(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  control.calls.reset();
  await work();
  const operations = new Set(control.calls.list().map(({ operation }) => operation));
  return Object.fromEntries(
    Array.from(operations, (operation) => [operation, control.calls.count("cosmos", operation)]),
  );
}

function csvOf(count: number, prefix: string): string {
  const rows = Array.from({ length: count }, (_, index) => `${prefix} ${index},alias ${index}`);
  return `grapheme,alias\n${rows.join("\n")}`;
}

describe("the calls of a lexicon in Cosmos DB", () => {
  it("delete each shard once when a lexicon is divided anew, and none at the edit after it", async () => {
    const lexicons = database.collection<LexiconDocument>(LEXICONS);
    const { upload, create } = lexiconWorld({ lexicons });
    await upload(csvOf(250, "first"));

    const dividing = await callsOf(() => upload(csvOf(145, "second")));
    const editing = await callsOf(() => create({ grapheme: "third", alias: "x" }));

    expect(dividing["Delete"]).toBe(256);
    expect(editing).toEqual({ Read: 1, Batch: 1 });
  });
});
