import { hostname } from "node:os";
import { DurableOrchestrations } from "../adapters/durable/durable-orchestrations.ts";
import { AsyncActiveCalls } from "../adapters/system/async-active-calls.ts";
import { nodeHasher } from "../adapters/system/node-hasher.ts";
import { SystemClock } from "../adapters/system/system-clock.ts";
import { UlidIds } from "../adapters/system/ulid-ids.ts";
import { JsonLogger } from "../adapters/telemetry/json-logger.ts";
import { LineWriter } from "../adapters/telemetry/line-writer.ts";
import { PrometheusMetrics } from "../adapters/telemetry/prometheus-metrics.ts";
import { ApplicationInsightsTracer } from "../adapters/telemetry/application-insights-tracer.ts";
import { PassingTracer } from "../adapters/telemetry/passing-tracer.ts";
import { AuditedCollection } from "../application/audit/audited-collection.ts";
import { AdaptiveLimits, limitsDefinition } from "../application/limits/adaptive-limits.ts";
import type { ActiveCalls } from "../application/ports/active-call.ts";
import type { BlobStore } from "../application/ports/blobs.ts";
import type { Clock } from "../application/ports/clock.ts";
import type { CounterStore } from "../application/ports/counters.ts";
import type {
  CollectionDefinition,
  DocumentCollection,
  StoredDocument,
} from "../application/ports/documents.ts";
import type { Hasher } from "../application/ports/hasher.ts";
import type { Ids } from "../application/ports/ids.ts";
import type { Logger } from "../application/ports/logger.ts";
import type { Orchestrations } from "../application/ports/orchestrations.ts";
import type { Tracer } from "../application/ports/tracer.ts";
import { TracedOrchestrations } from "../application/tracing/traced-orchestrations.ts";
import type { Config } from "../config.ts";
import { type AzureIdentity, azureIdentity } from "./azure-identity.ts";
import { openBlobs } from "./blobs.ts";
import { type Database, openDatabase } from "./database.ts";
import { type ReadSecret, type RenewSecret, secretReader } from "./secret-reader.ts";

/** What every part of the app stands on. */
export interface Foundation {
  readonly config: Config;
  readonly identity: AzureIdentity;
  readonly readSecret: ReadSecret;
  readonly renewSecret: RenewSecret;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hasher: Hasher;
  readonly logger: Logger;
  readonly metrics: PrometheusMetrics;
  readonly activeCalls: ActiveCalls;
  readonly database: Database;
  readonly counters: CounterStore;
  readonly blobs: BlobStore;
  readonly tracer: Tracer;
  /** Limits that follow what Azure can take. */
  readonly adaptive: AdaptiveLimits;
  readonly durable: DurableOrchestrations;
  readonly orchestrations: Orchestrations;
  /** A collection whose changes by requests are written into the audit trail. */
  audited<T extends StoredDocument>(definition: CollectionDefinition): DocumentCollection<T>;
}

export function layFoundation(config: Config): Foundation {
  const clock = new SystemClock();
  const identity = azureIdentity(config);
  const activeCalls = new AsyncActiveCalls();
  const logger = new JsonLogger({ level: config.LOG_LEVEL, write: lineOutput(), clock });
  const { readSecret, renewSecret } = secretReader({ config, identity, clock, logger });
  const metrics = new PrometheusMetrics(config.WEBSITE_INSTANCE_ID ?? hostname());
  const stores = { config, identity, clock, readSecret, renewSecret, metrics };
  const database = openDatabase(stores);
  const durable = new DurableOrchestrations();
  return {
    config,
    identity,
    readSecret,
    renewSecret,
    clock,
    ids: new UlidIds(clock),
    hasher: nodeHasher,
    logger,
    metrics,
    tracer: tracerOf(config, logger),
    adaptive: new AdaptiveLimits({ shared: database.collection(limitsDefinition), clock, logger, metrics }),
    activeCalls,
    database,
    counters: database.counters(clock),
    blobs: openBlobs(stores),
    durable,
    orchestrations: new TracedOrchestrations(durable, activeCalls),
    audited: <T extends StoredDocument>(definition: CollectionDefinition) =>
      new AuditedCollection<T>({
        name: definition.name,
        collection: database.collection<T>(definition),
        activeCalls,
        hasher: nodeHasher,
      }),
  };
}

function tracerOf({ APPLICATIONINSIGHTS_CONNECTION_STRING }: Config, logger: Logger): Tracer {
  return APPLICATIONINSIGHTS_CONNECTION_STRING === undefined
    ? new PassingTracer()
    : new ApplicationInsightsTracer({ connectionString: APPLICATIONINSIGHTS_CONNECTION_STRING, logger });
}

/** The Functions host takes every line of the process's output as a log line. */
function lineOutput(): (line: string) => void {
  const lines = new LineWriter({ write: (text) => process.stdout.write(text), defer: setImmediate });
  process.once("exit", () => lines.flush());
  return (line) => lines.add(line);
}
