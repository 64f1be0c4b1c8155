import { BlobServiceClient, ContainerSASPermissions } from "@azure/storage-blob";
import { startStorage } from "../../local/storage/start-storage.ts";

export interface BlobAccount {
  /** @returns the container's URL with a SAS of these permissions: `rl` reads and lists. */
  container(name: string, permissions: string): Promise<string>;
  write(container: string, files: Readonly<Record<string, Uint8Array>>): Promise<void>;
  read(container: string): Promise<Readonly<Record<string, Buffer>>>;
  close(): Promise<void>;
}

/** A storage account in memory. */
export async function startBlobAccount(): Promise<BlobAccount> {
  const storage = await startStorage({ port: 0 });
  const service = BlobServiceClient.fromConnectionString(storage.connectionString);
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
    close: () => storage.close(),
  };
}
