import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BlobServiceClient, type ContainerClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { z } from "zod";
import { LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY } from "./storage/start-storage.ts";

const POLL_INTERVAL_MS = 300;
const WAIT_MS = 10 * 60_000;
const MAX_ITEMS = 100;

const batchSchema = z.object({
  id: z.string(),
  status: z.string(),
  source: z.string().nullable(),
  createdAt: z.string(),
});
const batchPage = z.object({ items: z.array(batchSchema) });
export type EndedBatch = z.output<typeof batchSchema>;

const itemPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      audioUrl: z.string().nullable(),
      error: z.object({ message: z.string() }).nullable(),
    }),
  ),
});

export interface BatchResult {
  readonly id: string;
  readonly status: string;
  /** Where the audio was written; undefined for an item without audio. */
  readonly file: string | undefined;
  readonly message: string;
}

export interface DropFolderParts {
  readonly apiUrl: string;
  readonly blobsUrl: string;
  /** Of the person whose folder it is. */
  readonly token: string;
  readonly ownerId: string;
}

/** Does what a content team does: puts files into a drop folder with a storage browser, and takes the audio. */
export class DropFolder {
  readonly #parts: DropFolderParts;
  readonly #account: BlobServiceClient;

  constructor(parts: DropFolderParts) {
    this.#parts = parts;
    const credential = new StorageSharedKeyCredential(LOCAL_ACCOUNT, LOCAL_ACCOUNT_KEY);
    this.#account = new BlobServiceClient(parts.blobsUrl, credential);
  }

  /**
   * Drops a file and waits for the end of its batch.
   *
   * @throws Error when the file is rejected, with the report, or takes longer than ten minutes.
   */
  async drop(fileName: string, content: Uint8Array): Promise<EndedBatch> {
    const droppedAt = new Date();
    const [container] = await Promise.all([this.#container("drop"), this.#container("rejected")]);
    await container.getBlockBlobClient(`${this.#parts.ownerId}/${fileName}`).uploadData(Buffer.from(content));
    return this.#until(async () => {
      const { items } = batchPage.parse(await this.#get(""));
      const batch = items.find(
        ({ source, createdAt }) => source === fileName && new Date(createdAt) >= droppedAt,
      );
      await this.#throwIfRejected(fileName, droppedAt);
      return batch;
    });
  }

  /** @throws Error when the batch takes longer than ten minutes. */
  async ended(batchId: string): Promise<EndedBatch> {
    return this.#until(async () => batchSchema.parse(await this.#get(`/${batchId}`)));
  }

  /** Writes the audio of the first hundred items into a folder. */
  async bringBack(batchId: string, folder: string): Promise<readonly BatchResult[]> {
    const { items } = itemPage.parse(await this.#get(`/${batchId}/items?limit=${MAX_ITEMS}`));
    await mkdir(folder, { recursive: true });
    const results: BatchResult[] = [];
    for (const { id, status, audioUrl, error } of items) {
      const file = audioUrl === null ? undefined : await download(audioUrl, folder);
      results.push({ id, status, file, message: error?.message ?? "" });
    }
    return results;
  }

  /** On a stack that nothing has been stored in yet, there is none. */
  async #container(name: string): Promise<ContainerClient> {
    const container = this.#account.getContainerClient(name);
    await container.createIfNotExists();
    return container;
  }

  async #until(look: () => Promise<EndedBatch | undefined>): Promise<EndedBatch> {
    const deadline = Date.now() + WAIT_MS;
    while (Date.now() < deadline) {
      const batch = await look();
      if (batch !== undefined && !["pending", "running"].includes(batch.status)) {
        return batch;
      }
      await delay(POLL_INTERVAL_MS);
    }
    throw new Error("It took too long.");
  }

  /** Reports stand beside the copies in `rejected/`, whose names have a suffix for the version. */
  async #throwIfRejected(fileName: string, droppedAt: Date): Promise<void> {
    const container = this.#account.getContainerClient("rejected");
    const prefix = `${this.#parts.ownerId}/${path.posix.parse(fileName).name}.`;
    for await (const { name, properties } of container.listBlobsFlat({ prefix })) {
      const isNew = properties.lastModified.getTime() >= droppedAt.getTime() - 1_000;
      if (isNew && name.endsWith(".error.json")) {
        const report = await container.getBlockBlobClient(name).downloadToBuffer();
        throw new Error(`It was rejected:\n${report.toString()}`);
      }
    }
  }

  async #get(route: string): Promise<unknown> {
    const response = await fetch(`${this.#parts.apiUrl}/api/v1/synthesis/batch${route}`, {
      headers: { authorization: `Bearer ${this.#parts.token}` },
    });
    return response.json();
  }
}

async function download(url: string, folder: string): Promise<string> {
  const target = path.join(folder, path.basename(new URL(url).pathname));
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${path.basename(target)} cannot be read: the storage answered ${response.status}.`);
  }
  await writeFile(target, Buffer.from(await response.arrayBuffer()));
  return target;
}
