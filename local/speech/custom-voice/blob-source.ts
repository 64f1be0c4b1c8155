import type { ContainerClient } from "@azure/storage-blob";
import type { BlobSource } from "./argument-schemas.ts";

export interface SourceFile {
  /** Without the folders before it. */
  readonly fileName: string;
  readonly sizeBytes: number;
  /** @throws RangeError when the blob is larger than `limitBytes`. */
  read(limitBytes: number): Promise<Buffer>;
}

const OPTIONS = { retryOptions: { maxTries: 2, tryTimeoutInMs: 10_000 } };

/**
 * Lists the files of a source by its own SAS, in the order of their names.
 *
 * @throws RestError when the container cannot be read.
 */
export async function listSourceFiles(source: BlobSource): Promise<readonly SourceFile[]> {
  const { AnonymousCredential, ContainerClient } = await import("@azure/storage-blob");
  const container = new ContainerClient(source.containerUrl, new AnonymousCredential(), OPTIONS);
  const extensions = source.extensions.map((extension) => extension.toLowerCase());
  const files: SourceFile[] = [];
  for await (const blob of container.listBlobsFlat(
    source.prefix === undefined ? {} : { prefix: source.prefix },
  )) {
    if (extensions.some((extension) => blob.name.toLowerCase().endsWith(extension))) {
      files.push({
        fileName: blob.name.slice(blob.name.lastIndexOf("/") + 1),
        sizeBytes: blob.properties.contentLength ?? 0,
        read: (limitBytes) => download(container, blob.name, limitBytes),
      });
    }
  }
  return files;
}

async function download(container: ContainerClient, name: string, limitBytes: number): Promise<Buffer> {
  const blob = container.getBlobClient(name);
  const { contentLength = 0 } = await blob.getProperties();
  if (contentLength > limitBytes) {
    throw new RangeError(`The blob is larger than ${limitBytes} bytes.`);
  }
  return contentLength === 0 ? Buffer.alloc(0) : blob.downloadToBuffer();
}
