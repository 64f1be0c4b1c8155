import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { BlobServiceClient, ContainerSASPermissions, StorageSharedKeyCredential } from "@azure/storage-blob";

/** The account that Azurite has built in. */
const ACCOUNT = "devstoreaccount1";
const ACCOUNT_KEY =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

export interface BlobAccount {
  /** @returns the container's URL with a SAS of these permissions: `rl` reads and lists. */
  container(name: string, permissions: string): Promise<string>;
  write(container: string, files: Readonly<Record<string, Uint8Array>>): Promise<void>;
  read(container: string): Promise<Readonly<Record<string, Buffer>>>;
  close(): Promise<void>;
}

/** An Azurite of its own, in memory, in a child process. */
export async function startBlobAccount(): Promise<BlobAccount> {
  const main = createRequire(import.meta.url).resolve("azurite/dist/src/blob/main.js");
  const flags = ["--inMemoryPersistence", "--blobPort", "0", "--skipApiVersionCheck", "--loose"];
  const child = spawn(process.execPath, [main, ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  const url = await listeningUrl(child.stdout);
  child.stdout.resume();
  const credential = new StorageSharedKeyCredential(ACCOUNT, ACCOUNT_KEY);
  const service = new BlobServiceClient(`${url}/${ACCOUNT}`, credential);
  return {
    async container(name, permissions) {
      const container = service.getContainerClient(name);
      await container.createIfNotExists();
      return container.generateSasUrl({
        permissions: ContainerSASPermissions.parse(permissions),
        expiresOn: new Date(Date.now() + 3_600_000),
      });
    },
    async write(name, files) {
      const container = service.getContainerClient(name);
      await Promise.all(
        Object.entries(files).map(([path, bytes]) => container.getBlockBlobClient(path).uploadData(bytes)),
      );
    },
    async read(name) {
      const container = service.getContainerClient(name);
      const files: Record<string, Buffer> = {};
      for await (const { name: path } of container.listBlobsFlat()) {
        files[path] = await container.getBlobClient(path).downloadToBuffer();
      }
      return files;
    },
    async close() {
      child.kill();
      await once(child, "exit");
    },
  };
}

async function listeningUrl(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const url = /listens on (http\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      return url;
    }
  }
  throw new Error("Azurite ended before it listened.");
}
