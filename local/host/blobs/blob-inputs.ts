import type { BlobGetPropertiesResponse } from "@azure/storage-blob";
import type { InputData } from "../core/protocol.ts";

export interface FoundBlob {
  readonly container: string;
  readonly blob: string;
  readonly uri: string;
  readonly placeholders: Readonly<Record<string, string>>;
  readonly properties: BlobGetPropertiesResponse;
}

/** The reference that a function with `sdkBinding` gets in place of the content. */
export function blobReference(
  connection: string,
  { container, blob }: Pick<FoundBlob, "container" | "blob">,
): InputData {
  const reference = { Connection: connection, ContainerName: container, BlobName: blob };
  return {
    modelBindingData: {
      version: "1.0",
      source: "AzureStorageBlobs",
      contentType: "application/json",
      content: Buffer.from(JSON.stringify(reference)),
    },
  };
}

const BLOB_TYPES: readonly string[] = ["BlockBlob", "PageBlob", "AppendBlob"];

/** The trigger metadata as .NET serialises it; the library lowers the first letter of every key. */
export function blobTriggerMetadata(found: FoundBlob): Readonly<Record<string, InputData>> {
  const { properties } = found;
  const metadata = properties.metadata ?? {};
  const dotNetProperties = {
    LastModified: dotNetTime(properties.lastModified),
    CreatedOn: dotNetTime(properties.createdOn),
    Metadata: metadata,
    BlobType: BLOB_TYPES.indexOf(properties.blobType ?? "BlockBlob"),
    ContentLength: properties.contentLength,
    ContentType: properties.contentType,
    ContentEncoding: properties.contentEncoding,
    ContentLanguage: properties.contentLanguage,
    // Azure.ETag has no public members.
    ETag: {},
    ContentHash:
      properties.contentMD5 === undefined ? null : Buffer.from(properties.contentMD5).toString("base64"),
  };
  const placeholders = Object.entries(found.placeholders).map(
    ([name, text]) => [name, { string: text }] as const,
  );
  return {
    ...Object.fromEntries(placeholders),
    BlobTrigger: { string: `${found.container}/${found.blob}` },
    Uri: { string: found.uri },
    Properties: { json: JSON.stringify(dotNetProperties) },
    Metadata: { json: JSON.stringify(metadata) },
  };
}

function dotNetTime(time: Date | undefined): string | undefined {
  return time?.toISOString().replace(/\.\d+Z$/, "+00:00");
}
