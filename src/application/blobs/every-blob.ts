import type { BlobContainer, BlobProperties, BlobStore } from "../ports/blobs.ts";

const PAGE_SIZE = 1_000;

/** Every blob whose name begins with the prefix, in name order; what is written meanwhile may be missing. */
export async function* everyBlob(
  blobs: Pick<BlobStore, "list">,
  container: BlobContainer,
  prefix: string,
): AsyncGenerator<BlobProperties, void, void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<BlobStore["list"]>> = await blobs.list(container, {
      prefix,
      limit: PAGE_SIZE,
      ...(cursor !== null && { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
