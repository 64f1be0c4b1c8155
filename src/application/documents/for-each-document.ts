import { ServiceError } from "../../domain/errors/service-error.ts";
import type { StoredDocument, Versioned } from "../ports/documents.ts";
import type { Logger } from "../ports/logger.ts";

/**
 * What a timer does with documents, one after the other: one that fails does not keep the others from it.
 *
 * @param work returns whether there was something to do.
 * @returns of how many documents it said so.
 */
export async function forEachDocument<T extends StoredDocument>(
  documents: AsyncIterable<Versioned<T>> | Iterable<Versioned<T>>,
  logger: Logger,
  work: (document: Versioned<T>) => Promise<boolean>,
): Promise<number> {
  let count = 0;
  for await (const document of documents) {
    try {
      count += (await work(document)) ? 1 : 0;
    } catch (error) {
      const code = error instanceof ServiceError ? error.code : "internal-error";
      logger.log("error", "The work on a document failed; the next run repeats it", {
        id: document.id,
        code,
      });
    }
  }
  return count;
}
