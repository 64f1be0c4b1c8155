import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { start as startCosmos } from "../../../local/cosmos/start.ts";
import { type RunningStorage, startStorage } from "../../../local/storage/start-storage.ts";
import { AzureBlobStore } from "../../../src/adapters/blob-storage/azure-blob-store.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";

const COUNT = 40;
const SCRIPT = path.join(import.meta.dirname, "../../support/stores/write-and-die.ts");

let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "killed-stores-"));
  await writeAndDie(0, COUNT / 2);
  await writeAndDie(COUNT / 2, COUNT);
});

async function writeAndDie(first: number, end: number): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, dataDirectory, `${first}`, `${end}`], { stdio: "inherit" });
  const [, signal] = await once(child, "exit");
  if (signal !== "SIGKILL") {
    throw new Error("The process that writes ended before it was killed.");
  }
}

afterAll(async () => {
  await rm(dataDirectory, { recursive: true, force: true });
});

function blobStore(storage: RunningStorage): AzureBlobStore {
  return new AzureBlobStore({
    access: { kind: "connection-string", connectionString: storage.connectionString },
    clock: { now: () => new Date() },
    createContainers: true,
  });
}

describe("the stand-ins for the stores, killed twice right after a write was answered", () => {
  it("have every document", async () => {
    const cosmos = await startCosmos({ port: 0, dataDirectory });
    const database = new CosmosDatabase({
      endpoint: cosmos.url,
      credential: { key: cosmos.key },
      databaseName: "voice-cloning",
      createIfAbsent: false,
    });

    const count = await database.collection({ name: "notes" }).count({ partition: "ada" });

    expect(count).toBe(COUNT);
    await database.close();
    await cosmos.close();
  });

  it("have every blob with its last content, and none that was removed", async () => {
    const storage = await startStorage({ port: 0, dataDirectory });
    const store = blobStore(storage);
    const kept = Array.from({ length: COUNT }, (_, index) => index).filter((index) => index % 4 !== 0);

    const { items } = await store.list("audio", { prefix: "", limit: 5000 });
    const contents = await Promise.all(
      kept.map(async (index) => {
        const found = await store.read({ container: "audio", name: `n${index}` });
        return new Response(found?.body).text();
      }),
    );

    expect(new Set(items.map(({ name }) => name))).toEqual(new Set(kept.map((index) => `n${index}`)));
    expect(contents).toEqual(kept.map((index) => (index % 3 === 0 ? `n${index} again` : `n${index}`)));
    await storage.close();
  });
});

describe("the stand-in for Blob storage", () => {
  it("adds as much to its journal for the hundredth blob as for the second, and leaves its snapshot alone", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "storage-growth-"));
    const storage = await startStorage({ port: 0, dataDirectory: directory });
    const store = blobStore(storage);
    const sizes: { readonly snapshot: number; readonly journal: number }[] = [];

    for (let index = 100; index < 200; index += 1) {
      await store.write({ container: "audio", name: `n${index}` }, Buffer.from("sound"), {
        contentType: "audio/mpeg",
      });
      const [snapshot, journal] = await Promise.all(
        ["blobs.json", "blobs.json.journal"].map(async (name) => stat(path.join(directory, "storage", name))),
      );
      sizes.push({ snapshot: snapshot?.size ?? 0, journal: journal?.size ?? 0 });
    }

    const growth = (index: number): number => (sizes[index]?.journal ?? 0) - (sizes[index - 1]?.journal ?? 0);
    expect(growth(99)).toBeLessThan(1.1 * growth(1));
    expect(sizes[99]?.snapshot).toBe(sizes[0]?.snapshot);
    await storage.close();
    await rm(directory, { recursive: true, force: true });
  });
});
