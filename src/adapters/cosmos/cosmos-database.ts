import type { Container, CosmosClient, Database } from "@azure/cosmos";
import type { TokenCredential } from "@azure/identity";

import type { Clock } from "../../application/ports/clock.ts";
import type { CounterStore } from "../../application/ports/counters.ts";
import type {
  CollectionDefinition,
  DocumentCollection,
  StoredDocument,
} from "../../application/ports/documents.ts";
import { rotatingClient } from "../rotation/rotating-client.ts";
import {
  readStoreSecret,
  type StoreRenewal,
  storeRenewal,
  type StoreSecret,
} from "../rotation/store-renewal.ts";
import { containerDefinition, serves } from "./container-definition.ts";
import { callCosmos, type CosmosCallOptions } from "./cosmos-call.ts";
import { CosmosCollection } from "./cosmos-collection.ts";
import { CosmosCounterStore } from "./cosmos-counter-store.ts";
import { statusOf } from "./cosmos-errors.ts";

export interface CosmosSettings {
  readonly endpoint: string;
  readonly credential: { readonly key: StoreSecret } | TokenCredential;
  readonly databaseName: string;
  /** Creates the database and its containers where they are absent. In Azure the deployment creates them. */
  readonly createIfAbsent: boolean;
  /** How long one operation may take, the SDK's retries included. Default: 10,000. */
  readonly deadlineMs?: number;
  /** Hears of every 429, also of those after which the call was repeated. Default: nobody does. */
  readonly onThrottled?: () => void;
}

const DEFAULT_DEADLINE_MS = 10_000;

/** The collection behind {@link CosmosDatabase.counters}. */
export const counterCollection: CollectionDefinition = { name: "counters" };

/** A database of Cosmos DB. The SDK is loaded and the connection made at first use. */
export class CosmosDatabase {
  readonly #settings: CosmosSettings;
  readonly #calls: CosmosCallOptions;
  readonly #renewal: StoreRenewal;
  readonly #database: () => Promise<Database>;
  #client: CosmosClient | undefined;

  constructor(settings: CosmosSettings) {
    const { credential, deadlineMs = DEFAULT_DEADLINE_MS, onThrottled } = settings;
    this.#settings = settings;
    this.#calls = { deadlineMs, onThrottled };
    this.#renewal = storeRenewal("key" in credential ? credential.key : undefined);
    this.#database = rotatingClient({
      read: async () => ("key" in credential ? readStoreSecret(credential.key) : undefined),
      connect: (key) => this.#connect(key),
    });
  }

  collection<T extends StoredDocument>(definition: CollectionDefinition): DocumentCollection<T> {
    const container = this.#opener(definition);
    return new CosmosCollection<T>({ definition, container, calls: this.#calls, renewal: this.#renewal });
  }

  counters(clock: Clock): CounterStore {
    const container = this.#opener(counterCollection);
    return new CosmosCounterStore({ container, clock, calls: this.#calls, renewal: this.#renewal });
  }

  /**
   * Asks Cosmos DB for the database, to see whether it answers.
   *
   * @throws {@link ServiceError} `store-unavailable`.
   */
  async check(signal?: AbortSignal): Promise<void> {
    await this.#renewal.repeating(async () => {
      const database = await this.#database();
      const call = { ...this.#calls, what: "The database", signal };
      await callCosmos(call, async (abortSignal) => database.read({ abortSignal }));
    });
  }

  /** Ends the background work of the SDK. */
  async close(): Promise<void> {
    this.#client?.dispose();
  }

  #opener(definition: CollectionDefinition): () => Promise<Container> {
    return rotatingClient({
      read: this.#database,
      connect: (database) => this.#open(definition, database),
    });
  }

  async #open(definition: CollectionDefinition, database: Database): Promise<Container> {
    const container = database.container(definition.name);
    if (!this.#settings.createIfAbsent) {
      return container;
    }
    const wanted = containerDefinition(definition);
    const call = { ...this.#calls, what: `Container ${definition.name}` };
    return callCosmos(call, async (abortSignal) => {
      await unlessPresent(database.containers.createIfNotExists(wanted, { abortSignal }));
      const { resource } = await container.read({ abortSignal });
      if (resource !== undefined && !serves(resource, definition)) {
        const { defaultTtl, indexingPolicy } = wanted;
        await container.replace({
          ...resource,
          ...(defaultTtl && { defaultTtl }),
          ...(indexingPolicy && { indexingPolicy }),
        });
      }
      return container;
    });
  }

  async #connect(key: string | undefined): Promise<Database> {
    const client = await makeClient(this.#settings, key);
    this.#client?.dispose();
    this.#client = client;
    const { databaseName: id, createIfAbsent } = this.#settings;
    if (createIfAbsent) {
      const call = { ...this.#calls, what: `Database ${id}` };
      await callCosmos(call, async (abortSignal) =>
        unlessPresent(client.databases.createIfNotExists({ id }, { abortSignal })),
      );
    }
    return client.database(id);
  }
}

async function makeClient(
  { endpoint, credential }: CosmosSettings,
  key: string | undefined,
): Promise<CosmosClient> {
  const { CosmosClient: Client } = await import("@azure/cosmos");
  return new Client({
    endpoint,
    ...("key" in credential ? { key: key ?? "" } : { aadCredentials: credential }),
    connectionPolicy: {
      requestTimeout: 5_000,
      // The SDK waits for as long as the service says, whatever its caller has left: see callCosmos.
      retryOptions: { maxRetryAttemptCount: 0 },
    },
  });
}

/** Another instance may create the same at the same time. */
async function unlessPresent(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (statusOf(error) !== 409) {
      throw error;
    }
  }
}
