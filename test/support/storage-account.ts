import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

/** The account that Azurite has built in. */
const ACCOUNT = "AccountName=devstoreaccount1";
const ACCOUNT_KEY =
  "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

export interface TestStorageAccount {
  readonly connectionString: string;
  close(): Promise<void>;
}

/** An Azurite of its own with blobs and queues, in memory, in a child process. */
export async function startStorageAccount(): Promise<TestStorageAccount> {
  const main = createRequire(import.meta.url).resolve("azurite/dist/src/azurite.js");
  const ports = ["--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
  const flags = [
    "--inMemoryPersistence",
    "--skipApiVersionCheck",
    "--loose",
    "--silent",
    "--disableTelemetry",
  ];
  const child = spawn(process.execPath, [main, ...ports, ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  const [blobUrl, queueUrl] = await listeningUrls(child.stdout);
  child.stdout.resume();
  return {
    connectionString: [
      "DefaultEndpointsProtocol=http",
      ACCOUNT,
      ACCOUNT_KEY,
      `BlobEndpoint=${blobUrl}/devstoreaccount1`,
      `QueueEndpoint=${queueUrl}/devstoreaccount1`,
    ].join(";"),
    async close() {
      child.kill();
      await once(child, "exit");
    },
  };
}

async function listeningUrls(output: NodeJS.ReadableStream): Promise<readonly [string, string]> {
  const urls = new Map<string, string>();
  for await (const line of createInterface({ input: output })) {
    const [, service, url] = /Azurite (\w+) service is successfully listening at (http\S+)/.exec(line) ?? [];
    if (service !== undefined && url !== undefined) {
      urls.set(service, url);
    }
    const [blobs, queues] = [urls.get("Blob"), urls.get("Queue")];
    if (blobs !== undefined && queues !== undefined) {
      return [blobs, queues];
    }
  }
  throw new Error("Azurite ended before it listened.");
}
