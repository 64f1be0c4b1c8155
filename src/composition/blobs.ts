import { AzureBlobStore } from "../adapters/blob-storage/azure-blob-store.ts";
import type { StorageAccess } from "../adapters/blob-storage/storage-account.ts";
import type { BlobStore } from "../application/ports/blobs.ts";
import type { StoreParts } from "./database.ts";
import { renewableSecret } from "./secret-reader.ts";

/** @throws Error when no storage is configured. */
export function openBlobs(parts: StoreParts): BlobStore {
  return new AzureBlobStore({
    access: accessOf(parts),
    clock: parts.clock,
    createContainers: parts.config.STORE_CREATE_CONTAINERS,
  });
}

function accessOf(parts: StoreParts): StorageAccess {
  const { config, identity } = parts;
  const { AZURE_STORAGE_CONNECTION_STRING: connection, AZURE_STORAGE_ACCOUNT_URL: accountUrl } = config;
  if (connection !== undefined) {
    return { kind: "connection-string", connectionString: renewableSecret(parts, connection) };
  }
  if (accountUrl === undefined) {
    throw new Error("Set AZURE_STORAGE_ACCOUNT_URL, or AZURE_STORAGE_CONNECTION_STRING for local use.");
  }
  return { kind: "identity", accountUrl, credential: identity.credential };
}
