import type { BlobSASSignatureValues, BlobServiceClient, UserDelegationKey } from "@azure/storage-blob";
import type { BlobLink, BlobRef } from "../../application/ports/blobs.ts";
import type { Clock } from "../../application/ports/clock.ts";

export interface LinkSubject {
  readonly container: BlobRef["container"];
  /** Undefined for the container itself. */
  readonly blobName?: string;
  /** Letters of the SAS permissions in Azure's order, for example `rl`. */
  readonly permissions: "r" | "cw" | "rl";
}

/** A key is asked for this long before it is needed no more; Azure allows seven days. */
const DELEGATION_KEY_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Clocks of client and storage may differ by this much. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** Signs links: with the account's key where the client has one, otherwise with a user delegation key. */
export class BlobLinks {
  readonly #clock: Clock;
  #delegation: { readonly key: UserDelegationKey; readonly expiresAtMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async link(account: BlobServiceClient, subject: LinkSubject, lifetimeSeconds: number): Promise<BlobLink> {
    const expiresAt = new Date(this.#clock.now().getTime() + lifetimeSeconds * 1000);
    const values = await signatureValues(subject, expiresAt);
    const query = await this.#sign(account, values, expiresAt);
    const container = account.getContainerClient(subject.container);
    const { url } = subject.blobName === undefined ? container : container.getBlobClient(subject.blobName);
    return { url: `${url}?${query}`, expiresAt };
  }

  async #sign(account: BlobServiceClient, values: BlobSASSignatureValues, expiresAt: Date): Promise<string> {
    const { generateBlobSASQueryParameters, StorageSharedKeyCredential } =
      await import("@azure/storage-blob");
    const { credential } = account;
    const parameters =
      credential instanceof StorageSharedKeyCredential
        ? generateBlobSASQueryParameters(values, credential)
        : generateBlobSASQueryParameters(
            values,
            await this.#delegationKey(account, expiresAt),
            account.accountName,
          );
    return parameters.toString();
  }

  async #delegationKey(account: BlobServiceClient, neededUntil: Date): Promise<UserDelegationKey> {
    if (this.#delegation === undefined || this.#delegation.expiresAtMs < neededUntil.getTime()) {
      const nowMs = this.#clock.now().getTime();
      const expiresAtMs = Math.max(nowMs + DELEGATION_KEY_LIFETIME_MS, neededUntil.getTime() + CLOCK_SKEW_MS);
      const key = await account.getUserDelegationKey(new Date(nowMs - CLOCK_SKEW_MS), new Date(expiresAtMs));
      this.#delegation = { key, expiresAtMs };
    }
    return this.#delegation.key;
  }
}

async function signatureValues(
  { container, blobName, permissions }: LinkSubject,
  expiresOn: Date,
): Promise<BlobSASSignatureValues> {
  const { BlobSASPermissions, ContainerSASPermissions } = await import("@azure/storage-blob");
  return blobName === undefined
    ? { containerName: container, expiresOn, permissions: ContainerSASPermissions.parse(permissions) }
    : { containerName: container, blobName, expiresOn, permissions: BlobSASPermissions.parse(permissions) };
}
