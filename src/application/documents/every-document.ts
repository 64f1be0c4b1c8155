import type { DocumentCollection, DocumentFilter, StoredDocument, Versioned } from "../ports/documents.ts";

const PAGE_SIZE = 100;

/** Every document that fits, newest first; what is written meanwhile may be missing. */
export async function* everyDocument<T extends StoredDocument>(
  collection: DocumentCollection<T>,
  filter: DocumentFilter & { readonly partition?: string },
): AsyncGenerator<Versioned<T>, void, void> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof collection.query>> = await collection.query({
      ...filter,
      limit: PAGE_SIZE,
      ...(cursor !== null && { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
