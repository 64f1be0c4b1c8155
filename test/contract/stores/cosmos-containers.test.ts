import { CosmosClient, type IndexingPolicy } from "@azure/cosmos";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningCosmos, start } from "../../../local/cosmos/start.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { LEXICONS } from "../../../src/application/lexicon/lexicon-documents.ts";

let cosmos: RunningCosmos;
let client: CosmosClient;
const databases: CosmosDatabase[] = [];

beforeAll(async () => {
  cosmos = await start({ port: 0 });
  client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key });
});

afterAll(async () => {
  await Promise.all(databases.map(async (database) => database.close()));
  client.dispose();
  await cosmos.close();
});

/** Lets the app open its lexicons in a database, and reads how Cosmos DB indexes them then. */
async function policyIn(databaseName: string): Promise<IndexingPolicy | undefined> {
  const credential = { key: cosmos.key };
  const database = new CosmosDatabase({
    endpoint: cosmos.url,
    credential,
    databaseName,
    createIfAbsent: true,
  });
  databases.push(database);
  await database.collection(LEXICONS).read("ada", "head:default");
  const { resource } = await client.database(databaseName).container(LEXICONS.name).read();
  return resource?.indexingPolicy;
}

describe("the container of lexicons", () => {
  it("does not index what stands in the entries, which no query asks for", async () => {
    expect(await policyIn("fresh")).toMatchObject({
      includedPaths: [{ path: "/*" }],
      excludedPaths: [{ path: "/entries/*" }],
    });
  });

  it("is mended where an older version made it with every path indexed", async () => {
    const { database } = await client.databases.create({ id: "older" });
    await database.containers.create({ id: LEXICONS.name, partitionKey: { paths: ["/partition"] } });

    expect(await policyIn("older")).toMatchObject({ excludedPaths: [{ path: "/entries/*" }] });
  });
});
