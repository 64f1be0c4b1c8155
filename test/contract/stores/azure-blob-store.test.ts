import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCAL_ACCOUNT, type RunningStorage, startStorage } from "../../../local/storage/start-storage.ts";
import { AzureBlobStore } from "../../../src/adapters/blob-storage/azure-blob-store.ts";
import { SystemClock } from "../../../src/adapters/system/system-clock.ts";
import { startBareServer } from "../../support/bare-server.ts";
import { blobFoldersContract } from "./blob-folders.contract.ts";
import { blobStoreContract } from "./blob-store.contract.ts";

const WRITTEN = {
  "content-length": "5",
  "content-type": "application/json",
  etag: '"0x1"',
  "last-modified": "Sun, 01 Nov 2026 12:00:00 GMT",
};

let dataDirectory: string;
let storage: RunningStorage;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "storage-"));
  storage = await startStorage({ port: 0, dataDirectory });
});

afterAll(async () => {
  await storage.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

function storeAt(connectionString: string): AzureBlobStore {
  return new AzureBlobStore({
    access: { kind: "connection-string", connectionString },
    clock: new SystemClock(),
    createContainers: true,
  });
}

blobStoreContract("Azure Blob storage, emulated", async () => storeAt(storage.connectionString));
blobFoldersContract("Azure Blob storage, emulated", async () => storeAt(storage.connectionString));

describe("links into Azure Blob storage", () => {
  const ref = { container: "uploads", name: "links/one.txt" } as const;

  it("let a reader read one blob, and nothing else", async () => {
    const store = storeAt(storage.connectionString);
    await store.write(ref, Buffer.from("linked"), { contentType: "text/plain" });
    const { url } = await store.readLink(ref, 600);

    const read = await fetch(url);
    const write = await fetch(url, { method: "PUT", headers: { "x-ms-blob-type": "BlockBlob" }, body: "x" });
    const other = await fetch(url.replace("one.txt", "two.txt"));
    const removal = await fetch(url, { method: "DELETE" });

    expect(await read.text()).toBe("linked");
    expect([write.status, other.status, removal.status]).toEqual([403, 403, 403]);
  });

  it("end when their time is over", async () => {
    const store = storeAt(storage.connectionString);
    await store.write(ref, Buffer.from("linked"), { contentType: "text/plain" });

    const { url } = await store.readLink(ref, -1);

    expect((await fetch(url)).status).toBe(403);
  });

  it("let a writer write one blob without reading it", async () => {
    const store = storeAt(storage.connectionString);
    const target = { container: "uploads", name: "links/written.txt" } as const;
    const { url } = await store.writeLink(target, 600);

    const write = await fetch(url, { method: "PUT", headers: { "x-ms-blob-type": "BlockBlob" }, body: "w" });
    const read = await fetch(url);

    expect([write.status, read.status]).toEqual([201, 403]);
    expect(await store.properties(target)).toMatchObject({ sizeBytes: 1 });
  });

  it("let a container be listed and read", async () => {
    const store = storeAt(storage.connectionString);
    await store.write(ref, Buffer.from("linked"), { contentType: "text/plain" });
    const { url } = await store.containerLink("uploads", 600);

    const listing = await fetch(`${url}&restype=container&comp=list`);

    expect(listing.status).toBe(200);
    expect(await listing.text()).toContain("links/one.txt");
  });
});

describe("a blob that is written while it is read", () => {
  it("was missing for who read it before, and not empty", async () => {
    await using server = await startBareServer((_, response) => {
      const isFirst = response.req.method === "GET";
      response
        .writeHead(isFirst ? 404 : 200, isFirst ? { "x-ms-error-code": "BlobNotFound" } : WRITTEN)
        .end();
    });
    const store = new AzureBlobStore({
      access: {
        kind: "connection-string",
        connectionString: storage.connectionString.replace(storage.url, `${server.url}/${LOCAL_ACCOUNT}`),
      },
      clock: new SystemClock(),
      createContainers: false,
    });

    expect(await store.read({ container: "batches", name: "a/pages/1.json" })).toBeUndefined();
  });
});

describe("Azure Blob storage that is down", () => {
  it("is told as store-unavailable, and soon", async () => {
    const store = storeAt(storage.connectionString.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:1"));

    await expect(store.properties({ container: "audio", name: "x" })).rejects.toMatchObject({
      code: "store-unavailable",
    });
  });
});
