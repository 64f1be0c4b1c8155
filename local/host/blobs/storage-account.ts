import type { BlobServiceClient } from "@azure/storage-blob";
import type { QueueServiceClient } from "@azure/storage-queue";
import { HostError } from "../host-error.ts";
import type { Settings } from "../settings/setting-references.ts";

/** The storage account behind the `connection` of a blob trigger. */
export interface StorageAccount {
  readonly blobs: BlobServiceClient;
  /** Opens the queue service, which only a poison message needs. */
  queues(): Promise<QueueServiceClient>;
}

/** Another try comes soon anyway. */
const OPTIONS = { retryOptions: { maxTries: 2 } };

/**
 * Opens an account by its connection string, or with the signed-in identity by its `__blobServiceUri`.
 *
 * @throws {@link HostError} `setting-missing`
 */
export async function openStorageAccount(connection: string, settings: Settings): Promise<StorageAccount> {
  const blobServiceUri = settings[`${connection}__blobServiceUri`] ?? settings[`${connection}__serviceUri`];
  if (blobServiceUri !== undefined && blobServiceUri !== "") {
    const queueServiceUri = settings[`${connection}__queueServiceUri`];
    return accountOfIdentity(blobServiceUri, queueServiceUri ?? blobServiceUri.replace(".blob.", ".queue."));
  }
  const connectionString = settings[connection] ?? settings[`AzureWebJobs${connection}`];
  if (connectionString === undefined || connectionString === "") {
    throw new HostError(
      "setting-missing",
      `A blob trigger needs the setting ${connection} with a connection string (Azurite: "UseDevelopmentStorage=true"), ` +
        `or ${connection}__blobServiceUri with the URL of the account.`,
    );
  }
  return accountOfConnectionString(connectionString);
}

async function accountOfConnectionString(connectionString: string): Promise<StorageAccount> {
  const { BlobServiceClient: Blobs } = await import("@azure/storage-blob");
  return {
    blobs: Blobs.fromConnectionString(connectionString, OPTIONS),
    queues: async () => {
      const { QueueServiceClient: Queues } = await import("@azure/storage-queue");
      return Queues.fromConnectionString(connectionString, OPTIONS);
    },
  };
}

async function accountOfIdentity(blobServiceUri: string, queueServiceUri: string): Promise<StorageAccount> {
  const [{ BlobServiceClient: Blobs }, { DefaultAzureCredential }] = await Promise.all([
    import("@azure/storage-blob"),
    import("@azure/identity"),
  ]);
  const credential = new DefaultAzureCredential();
  return {
    blobs: new Blobs(blobServiceUri, credential, OPTIONS),
    queues: async () => {
      const { QueueServiceClient: Queues } = await import("@azure/storage-queue");
      return new Queues(queueServiceUri, credential, OPTIONS);
    },
  };
}
