import type { Principal } from "../../domain/access/principal.ts";
import { entryToChange, findEntry } from "./find-entry.ts";
import type { LexiconParts } from "./lexicon-parts.ts";

/**
 * @param ifMatch ETag that the caller has read; undefined when it does not care.
 * @throws {@link ServiceError} `lexicon-entry-not-found`, `precondition-failed`, `lexicon-busy` (retryable).
 */
export type DeleteLexiconEntry = (
  principal: Principal,
  entryId: string,
  ifMatch: string | undefined,
) => Promise<void>;

export function makeDeleteLexiconEntry({ reader, writer }: LexiconParts): DeleteLexiconEntry {
  return async (principal, entryId, ifMatch) => {
    const found = await findEntry(reader, principal, entryId);
    await writer.change({ ownerId: principal.id, name: found.lexicon }, (snapshot) => {
      entryToChange(snapshot, entryId, ifMatch);
      return { change: { put: [], remove: [entryId] }, result: undefined };
    });
  };
}
