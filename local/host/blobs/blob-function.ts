import type { BlobClient, BlobGetPropertiesResponse } from "@azure/storage-blob";
import type { AppFunction, BlobTrigger } from "../app/app-function.ts";
import type { InvocationOutcome, Invoker } from "../invocation/invoker.ts";
import type { InputData } from "../core/protocol.ts";
import { blobReference, blobTriggerMetadata } from "./blob-inputs.ts";
import type { BlobVersion } from "./blob-messages.ts";
import type { StorageAccount } from "./storage-account.ts";
import { type BlobPattern, parseBlobPattern } from "./blob-pattern.ts";

/** A blob function with its storage account. */
export class BlobFunction {
  readonly fn: AppFunction<BlobTrigger>;
  readonly account: StorageAccount;
  readonly pattern: BlobPattern;
  readonly #invoker: Invoker;

  constructor(fn: AppFunction<BlobTrigger>, account: StorageAccount, invoker: Invoker) {
    this.fn = fn;
    this.account = account;
    this.pattern = parseBlobPattern(fn.trigger.path);
    this.#invoker = invoker;
  }

  /** @returns `undefined` when the blob is gone or another version of it stands there: then there is nothing to run. */
  async run({
    container,
    blob,
    etag,
  }: Omit<BlobVersion, "functionName">): Promise<InvocationOutcome | undefined> {
    const client = this.account.blobs.getContainerClient(container).getBlobClient(blob);
    const properties = await unlessMissing(() => client.getProperties());
    if (properties === undefined || unquoted(properties.etag) !== etag) {
      return undefined;
    }
    const input = await this.#input(client, { container, blob }, properties);
    return input === undefined
      ? undefined
      : this.#invoke({ container, blob, uri: client.url, properties }, input);
  }

  async #input(
    client: BlobClient,
    ref: { readonly container: string; readonly blob: string },
    { etag }: BlobGetPropertiesResponse,
  ): Promise<InputData | undefined> {
    if (this.fn.trigger.sdkBinding) {
      return blobReference(this.fn.trigger.connection, ref);
    }
    const content = await unlessMissing(() =>
      client.downloadToBuffer(0, undefined, { conditions: { ifMatch: etag ?? "*" } }),
    );
    return content && { bytes: content };
  }

  /** Runs whatever version stands there. */
  async runNewest(container: string, blob: string): Promise<InvocationOutcome | undefined> {
    const client = this.account.blobs.getContainerClient(container).getBlobClient(blob);
    const properties = await unlessMissing(() => client.getProperties());
    return properties === undefined
      ? undefined
      : this.run({ container, blob, etag: unquoted(properties.etag) });
  }

  async #invoke(
    found: { container: string; blob: string; uri: string; properties: BlobGetPropertiesResponse },
    input: InputData,
  ): Promise<InvocationOutcome> {
    const placeholders = this.pattern.match(found.blob) ?? {};
    return this.#invoker.invoke({
      fn: this.fn,
      reason: `New blob detected: ${found.container}/${found.blob}`,
      inputs: { [this.fn.trigger.bindingName]: input },
      triggerMetadata: blobTriggerMetadata({ ...found, placeholders }),
    });
  }
}

/** ETags come with quotation marks in headers and without them in listings. */
export function unquoted(etag: string | undefined): string {
  return (etag ?? "").replaceAll('"', "");
}

/** Missing, or changed since it was looked at. */
export function isBlobMissing(error: unknown): boolean {
  return (
    error instanceof Error && "statusCode" in error && (error.statusCode === 404 || error.statusCode === 412)
  );
}

async function unlessMissing<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isBlobMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
