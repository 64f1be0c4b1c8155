import type { TokenCredential } from "@azure/identity";
import type { BlobServiceClient, StoragePipelineOptions } from "@azure/storage-blob";
import { rotatingClient } from "../rotation/rotating-client.ts";
import { readStoreSecret, type StoreSecret } from "../rotation/store-renewal.ts";

/** How to reach the storage account: a connection string for local use, an identity everywhere else. */
export type StorageAccess =
  | { readonly kind: "connection-string"; readonly connectionString: StoreSecret }
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

/** Gives the account for the next call. `prepare` runs for each account that is opened. */
export function storageAccounts(
  access: StorageAccess,
  prepare: (account: BlobServiceClient) => Promise<void>,
): () => Promise<BlobServiceClient> {
  return rotatingClient({
    read: async () =>
      access.kind === "connection-string" ? readStoreSecret(access.connectionString) : undefined,
    async connect(connectionString) {
      const { BlobServiceClient: Client } = await import("@azure/storage-blob");
      const account =
        access.kind === "identity"
          ? new Client(access.accountUrl, access.credential, PIPELINE)
          : Client.fromConnectionString(connectionString ?? "", PIPELINE);
      await prepare(account);
      return account;
    },
  });
}
