import type { ServiceError } from "../../domain/errors/service-error.ts";
import type { DocumentCollection, StoredDocument, Versioned } from "../ports/documents.ts";
import { isLostRace } from "./lost-race.ts";

const MAX_ATTEMPTS = 5;

export interface DocumentUpdate<T> {
  readonly partition: string;
  readonly id: string;
  /** Returns undefined to leave the document as it is. */
  readonly change: (document: T) => T | undefined;
  readonly notFound: () => ServiceError;
}

/**
 * Reads, changes and writes a document; starts over when somebody else wrote in between.
 *
 * @throws {@link ServiceError} what `notFound` makes, and `precondition-failed` after five lost races.
 */
export async function updateDocument<T extends StoredDocument>(
  collection: DocumentCollection<T>,
  { partition, id, change, notFound }: DocumentUpdate<T>,
): Promise<Versioned<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const document = await collection.read(partition, id);
    if (document === undefined) {
      throw notFound();
    }
    const changed = change(document);
    if (changed === undefined) {
      return document;
    }
    try {
      return await collection.replace(changed, document.etag);
    } catch (error) {
      if (!isLostRace(error) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
    }
  }
}
