import type { DocumentCollection, StoredDocument } from "../../src/application/ports/documents.ts";

/** Somebody else changes something right after the next read of the collection, before its reader writes. */
export function changeAfterRead<T extends StoredDocument>(
  collection: DocumentCollection<T>,
  change: () => Promise<unknown>,
): void {
  const read = collection.read.bind(collection);
  collection.read = async (partition, id, signal) => {
    collection.read = read;
    const found = await read(partition, id, signal);
    await change();
    return found;
  };
}
