import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { appendWholeBodies } from "./append-whole-bodies.ts";
import type { AzuriteServer } from "./azurite-server.ts";
import { saveBeforeAnswer } from "./save-before-answer.ts";

export interface StorageOptions {
  /** Of the blob service; the queue service takes the next one. 0 takes free ports. */
  readonly port: number;
  /** Blobs and queues are kept in its folder `storage`. Default: in memory, until the process ends. */
  readonly dataDirectory?: string;
}

export interface RunningStorage {
  /** Of the blob service, with the account: `http://127.0.0.1:<port>/devstoreaccount1`. */
  readonly url: string;
  readonly queueUrl: string;
  readonly connectionString: string;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const KEEP_ALIVE_TIMEOUT_SECONDS = 65;

/** @see https://learn.microsoft.com/azure/storage/common/storage-connect-azurite#well-known-storage-account-and-key */
export const LOCAL_ACCOUNT = "devstoreaccount1";
export const LOCAL_ACCOUNT_KEY =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Starts Azurite's blob and queue services in this process. */
export async function startStorage({ port, dataDirectory }: StorageOptions): Promise<RunningStorage> {
  const folder = dataDirectory === undefined ? undefined : path.resolve(dataDirectory, "storage");
  const blobs = createServer("blob", { port, folder, name: "blobs" });
  const queues = createServer("queue", { port: port === 0 ? 0 : port + 1, folder, name: "queues" });
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true });
    for (const server of [blobs, queues]) {
      appendWholeBodies(server);
      saveBeforeAnswer(server);
    }
  }
  await Promise.all([blobs.start(), queues.start()]);
  const url = `${blobs.getHttpServerAddress()}/${LOCAL_ACCOUNT}`;
  const queueUrl = `${queues.getHttpServerAddress()}/${LOCAL_ACCOUNT}`;
  return {
    url,
    queueUrl,
    connectionString: [
      "DefaultEndpointsProtocol=http",
      `AccountName=${LOCAL_ACCOUNT}`,
      `AccountKey=${LOCAL_ACCOUNT_KEY}`,
      `BlobEndpoint=${url}`,
      `QueueEndpoint=${queueUrl}`,
    ].join(";"),
    async close() {
      await Promise.all([blobs, queues].map(stop));
    },
  };
}

interface AzuriteModule<T> {
  readonly default: new (...settings: readonly unknown[]) => T;
}

interface ServiceLocation {
  readonly port: number;
  /** Undefined keeps all in memory. */
  readonly folder: string | undefined;
  readonly name: string;
}

/** Azurite has no public interface for this and no types; the version is pinned. */
function createServer(service: "blob" | "queue", location: ServiceLocation): AzuriteServer {
  const require = createRequire(import.meta.url);
  const title = service === "blob" ? "Blob" : "Queue";
  const configuration: AzuriteModule<object> = require(
    `azurite/dist/src/${service}/${title}Configuration.js`,
  );
  const server: AzuriteModule<AzuriteServer> = require(`azurite/dist/src/${service}/${title}Server.js`);
  return new server.default(new configuration.default(...settings(location)));
}

/** Idle clients keep connections open, for which Azurite would wait. */
async function stop(server: AzuriteServer): Promise<void> {
  server.httpServer.closeAllConnections();
  await server.close();
}

/** The arguments of Azurite's configurations, in their order; the SDK is newer than the API versions it knows. */
function settings({ port, folder, name }: ServiceLocation): readonly unknown[] {
  const file = (suffix: string): string => path.join(folder ?? "", name + suffix);
  const persistence = { locationId: "Default", locationPath: file(""), maxConcurrency: 50 };
  const security = { certificate: "", key: "", password: "", oauth: undefined };
  const rest = { disableProductStyleUrl: false, isInMemory: folder === undefined };
  const logs = { access: false, accessStream: undefined, debug: false, debugFile: undefined };
  const strictness = { loose: false, skipApiVersionCheck: true };
  return [
    HOST,
    port,
    KEEP_ALIVE_TIMEOUT_SECONDS,
    file(".json"),
    file("-extents.json"),
    [persistence],
    ...Object.values(logs),
    ...Object.values(strictness),
    ...Object.values(security),
    ...Object.values(rest),
  ];
}
