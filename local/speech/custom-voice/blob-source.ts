import type { BlobSource } from "./argument-schemas.ts";

export interface SourceFile {
  /** Without the folders before it. */
  readonly fileName: string;
  readonly sizeBytes: number;
  /** @throws RestError. */
  read(): Promise<Buffer>;
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
      const sizeBytes = blob.properties.contentLength ?? 0;
      files.push({
        fileName: blob.name.slice(blob.name.lastIndexOf("/") + 1),
        sizeBytes,
        read: () => container.getBlobClient(blob.name).downloadToBuffer(0, sizeBytes),
      });
    }
  }
  return files;
}
