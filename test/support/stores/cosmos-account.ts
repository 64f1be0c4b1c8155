import { type Container, type ContainerRequest, CosmosClient, type Database } from "@azure/cosmos";
import { type CosmosOptions, type RunningCosmos, start } from "../../../local/cosmos/start.ts";

/** The stand-in for Cosmos DB in memory, and the official client connected to it. */
export interface CosmosAccount {
  readonly cosmos: RunningCosmos;
  readonly client: CosmosClient;
  readonly database: Database;
  /** A new container; default partition key: `/owner`. */
  container(settings?: Partial<ContainerRequest>): Promise<Container>;
  /** Lets the stand-in's time pass. */
  advance(seconds: number): void;
  close(): Promise<void>;
}

export async function openCosmosAccount(options: Partial<CosmosOptions> = {}): Promise<CosmosAccount> {
  let aheadMs = 0;
  const cosmos = await start({ port: 0, now: () => Date.now() + aheadMs, ...options });
  const client = new CosmosClient({ endpoint: cosmos.url, key: cosmos.key });
  const { database } = await client.databases.create({ id: "tests" });
  let containers = 0;
  return {
    cosmos,
    client,
    database,
    async container(settings = {}) {
      containers += 1;
      const created = await database.containers.create({
        id: `c${containers}`,
        partitionKey: { paths: ["/owner"], version: 2 },
        ...settings,
      });
      return created.container;
    },
    advance(seconds) {
      aheadMs += seconds * 1000;
    },
    async close() {
      client.dispose();
      await cosmos.close();
    },
  };
}
