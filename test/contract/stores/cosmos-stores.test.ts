import { afterAll, beforeAll } from "vitest";

import { start, type RunningCosmos } from "../../../local/cosmos/start.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { counterStoreContract } from "./counter-store.contract.ts";
import { documentCollectionContract } from "./document-collection.contract.ts";

let cosmos: RunningCosmos;
let aheadMs = 0;
const now = (): number => Date.now() + aheadMs;
const advance = (seconds: number): void => {
  aheadMs += seconds * 1000;
};
const databases: CosmosDatabase[] = [];

beforeAll(async () => {
  cosmos = await start({ port: 0, now });
});

afterAll(async () => {
  await Promise.all(databases.map(async (database) => database.close()));
  await cosmos.close();
});

function newDatabase(): CosmosDatabase {
  const made = new CosmosDatabase({
    endpoint: cosmos.url,
    credential: { key: cosmos.key },
    databaseName: "voice-cloning",
    createIfAbsent: true,
  });
  databases.push(made);
  return made;
}

documentCollectionContract("Cosmos DB, emulated", async () => {
  const store = newDatabase();
  return { collection: async (definition) => store.collection(definition), advance };
});

counterStoreContract("Cosmos DB, emulated", async () => {
  // The store's time stands still, so that expiry can be told to the millisecond.
  let counterMs = now();
  const clock = { now: () => new Date(counterMs) };
  return {
    store: newDatabase().counters(clock),
    otherInstance: newDatabase().counters(clock),
    now: () => clock.now(),
    advance: (seconds) => {
      counterMs += seconds * 1000;
      advance(seconds);
    },
  };
});
