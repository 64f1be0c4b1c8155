import { isAdmin, type Principal } from "../../domain/access/principal.ts";
import type { DocumentCollection, StoredDocument, Versioned } from "../ports/documents.ts";

/** Administrators see everybody's documents, whoever owns them. @returns undefined for all others. */
export async function findForAdmin<T extends StoredDocument>(
  collection: DocumentCollection<T>,
  principal: Principal,
  id: string,
): Promise<Versioned<T> | undefined> {
  if (!isAdmin(principal)) {
    return undefined;
  }
  const { items } = await collection.query({ equals: { id }, limit: 1 });
  return items[0];
}
