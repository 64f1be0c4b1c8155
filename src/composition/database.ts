import { CosmosDatabase } from "../adapters/cosmos/cosmos-database.ts";
import { PostgresDatabase } from "../adapters/postgres/postgres-database.ts";
import type { Clock } from "../application/ports/clock.ts";
import type { CounterStore } from "../application/ports/counters.ts";
import type {
  CollectionDefinition,
  DocumentCollection,
  StoredDocument,
} from "../application/ports/documents.ts";
import type { Metrics } from "../application/ports/metrics.ts";
import type { Config } from "../config.ts";
import type { AzureIdentity } from "./azure-identity.ts";
import { type ReadSecret, type RenewSecret, renewableSecret } from "./secret-reader.ts";
import { throttleCounter } from "./throttle-counter.ts";

/** Where documents and counters are kept. */
export interface Database {
  collection<T extends StoredDocument>(definition: CollectionDefinition): DocumentCollection<T>;
  counters(clock: Clock): CounterStore;
  /** @throws {@link ServiceError} `store-unavailable`. */
  check(signal?: AbortSignal): Promise<void>;
}

export interface StoreParts {
  readonly config: Config;
  readonly identity: AzureIdentity;
  readonly clock: Clock;
  readonly readSecret: ReadSecret;
  readonly renewSecret: RenewSecret;
  readonly metrics: Metrics;
}

/**
 * PostgreSQL where `DATABASE_URL` is set, Cosmos DB otherwise.
 *
 * @throws Error when neither is configured.
 */
export function openDatabase(parts: StoreParts): Database {
  const { config, identity, clock, metrics } = parts;
  const { DATABASE_URL: url, COSMOS_DB_KEY: key } = config;
  const { credential } = identity;
  if (url !== undefined) {
    return new PostgresDatabase({ url: renewableSecret(parts, url), credential, clock });
  }
  if (config.COSMOS_DB_ENDPOINT === undefined) {
    throw new Error("Set COSMOS_DB_ENDPOINT, or DATABASE_URL for PostgreSQL.");
  }
  return new CosmosDatabase({
    endpoint: config.COSMOS_DB_ENDPOINT,
    credential: key === undefined ? credential : { key: renewableSecret(parts, key) },
    databaseName: config.COSMOS_DB_DATABASE,
    createIfAbsent: config.STORE_CREATE_CONTAINERS,
    onThrottled: throttleCounter(metrics, "cosmos"),
  });
}
