import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { start as startCosmos } from "../../../local/cosmos/start.ts";
import { startStorage } from "../../../local/storage/start-storage.ts";
import { AzureBlobStore } from "../../../src/adapters/blob-storage/azure-blob-store.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";

const COUNT = 40;
const SCRIPT = path.join(import.meta.dirname, "../../support/stores/write-and-die.ts");

let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "killed-stores-"));
  const child = spawn(process.execPath, [SCRIPT, dataDirectory, String(COUNT)], { stdio: "inherit" });
  const [, signal] = await once(child, "exit");
  if (signal !== "SIGKILL") {
    throw new Error("The process that writes ended before it was killed.");
  }
});

afterAll(async () => {
  await rm(dataDirectory, { recursive: true, force: true });
});

describe("the stand-ins for the stores, killed right after a write was answered", () => {
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

  it("have every blob with its content", async () => {
    const storage = await startStorage({ port: 0, dataDirectory });
    const store = new AzureBlobStore({
      access: { kind: "connection-string", connectionString: storage.connectionString },
      clock: { now: () => new Date() },
      createContainers: false,
    });

    const { items } = await store.list("audio", { prefix: "", limit: 5000 });
    const last = await store.read({ container: "audio", name: `n${COUNT - 1}` });

    expect(items).toHaveLength(COUNT);
    expect(await new Response(last?.body).text()).toBe(`n${COUNT - 1}`);
    await storage.close();
  });
});
