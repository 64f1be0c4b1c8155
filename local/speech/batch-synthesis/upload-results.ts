import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ARCHIVE_NAME, SUMMARY_NAME } from "./result-files.ts";

export interface Destination {
  /** Of the archive, or of the folder when there is none; without the SAS. */
  readonly result: string;
  readonly summary: string;
}

/**
 * Copies all result files into the caller's container by its SAS.
 *
 * @throws RestError when the container cannot be written.
 */
export async function uploadResults(
  directory: string,
  containerUrl: string,
  path: string,
): Promise<Destination> {
  const { AnonymousCredential, ContainerClient } = await import("@azure/storage-blob");
  const options = { retryOptions: { maxTries: 2 } };
  const container = new ContainerClient(containerUrl, new AnonymousCredential(), options);
  const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
  const names = await readdir(directory);
  for (const name of names) {
    await container.getBlockBlobClient(`${folder}${name}`).uploadFile(join(directory, name));
  }
  const { origin, pathname } = new URL(containerUrl);
  const base = `${origin}${pathname}/${folder}`;
  return {
    result: names.includes(ARCHIVE_NAME) ? `${base}${ARCHIVE_NAME}` : base,
    summary: `${base}${SUMMARY_NAME}`,
  };
}
