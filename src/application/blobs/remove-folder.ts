import type { BlobContainer, BlobStore } from "../ports/blobs.ts";

/** Deletes at once. */
const PAGE_SIZE = 1_000;

/** Deletes every blob whose name begins with the prefix; a repetition deletes what is left. */
export async function removeFolder(
  blobs: Pick<BlobStore, "list" | "delete">,
  container: BlobContainer,
  prefix: string,
): Promise<void> {
  const query = { prefix, limit: PAGE_SIZE };
  for (
    let page = await blobs.list(container, query);
    page.items.length > 0;
    page = await blobs.list(container, query)
  ) {
    await Promise.all(page.items.map(({ name }) => blobs.delete({ container, name })));
  }
}
