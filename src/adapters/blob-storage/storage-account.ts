import type { TokenCredential } from "@azure/identity";
import type { BlobServiceClient, StoragePipelineOptions } from "@azure/storage-blob";

/** How to reach the storage account: a connection string for local use, an identity everywhere else. */
export type StorageAccess =
  | { readonly kind: "connection-string"; readonly connectionString: string }
  | {
      readonly kind: "identity";
      /** `https://{account}.blob.core.windows.net` */
      readonly accountUrl: string;
      readonly credential: TokenCredential;
    };

/** One try may move a block of 4 MB over a slow line; three tries bridge a fail-over inside the region. */
const PIPELINE: StoragePipelineOptions = {
  retryOptions: { maxTries: 3, tryTimeoutInMs: 30_000, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
};

export async function openAccount(access: StorageAccess): Promise<BlobServiceClient> {
  const { BlobServiceClient: Client } = await import("@azure/storage-blob");
  return access.kind === "connection-string"
    ? Client.fromConnectionString(access.connectionString, PIPELINE)
    : new Client(access.accountUrl, access.credential, PIPELINE);
}
