/**
 * A process of its own: starts the stand-ins for the stores on the folder given, writes through the adapters, and dies
 * by SIGKILL at the moment the last write is answered. Of the blobs, every third is written over and every fourth removed.
 */
import { start as startCosmos } from "../../../local/cosmos/start.ts";
import { startStorage } from "../../../local/storage/start-storage.ts";
import { AzureBlobStore } from "../../../src/adapters/blob-storage/azure-blob-store.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import type { StoredDocument } from "../../../src/application/ports/documents.ts";

const [dataDirectory = "", first = "0", end = "0"] = process.argv.slice(2);

const cosmos = await startCosmos({ port: 0, dataDirectory });
const storage = await startStorage({ port: 0, dataDirectory });
const database = new CosmosDatabase({
  endpoint: cosmos.url,
  credential: { key: cosmos.key },
  databaseName: "voice-cloning",
  createIfAbsent: true,
});
const documents = database.collection<StoredDocument>({ name: "notes" });
const blobs = new AzureBlobStore({
  access: { kind: "connection-string", connectionString: storage.connectionString },
  clock: { now: () => new Date() },
  createContainers: true,
});

for (let index = Number(first); index < Number(end); index += 1) {
  const id = `n${index}`;
  await documents.create({ id, partition: "ada", createdAt: new Date().toISOString() });
  const ref = { container: "audio", name: id } as const;
  await blobs.write(ref, Buffer.from(id), { contentType: "text/plain" });
  if (index % 3 === 0) {
    await blobs.write(ref, Buffer.from(`${id} again`), { contentType: "text/plain" });
  }
  if (index % 4 === 0) {
    await blobs.delete(ref);
  }
}
process.kill(process.pid, "SIGKILL");
