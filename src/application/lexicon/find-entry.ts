import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import type { LexiconReader } from "./lexicon-reader.ts";
import type { LexiconSnapshot } from "./lexicon-snapshot.ts";

/** @throws {@link ServiceError} `lexicon-entry-not-found`, also for an entry of somebody else. */
export async function findEntry(
  reader: LexiconReader,
  principal: Principal,
  entryId: string,
): Promise<LexiconEntry> {
  for (const head of await reader.heads(principal.id)) {
    const entry = await reader.entry(head, entryId);
    if (entry !== undefined) {
      return entry;
    }
  }
  throw notFound(entryId);
}

/**
 * The entry as it is when a change is planned.
 *
 * @param ifMatch ETag that the caller has read; undefined when it does not care.
 * @throws {@link ServiceError} `lexicon-entry-not-found`, `precondition-failed`.
 */
export function entryToChange(
  snapshot: LexiconSnapshot,
  entryId: string,
  ifMatch: string | undefined,
): LexiconEntry {
  const entry = snapshot.entries.get(entryId);
  if (entry === undefined) {
    throw notFound(entryId);
  }
  if (ifMatch !== undefined && ifMatch !== entryEtag(entry)) {
    throw new ServiceError("precondition-failed", `The entry ${entryId} has another ETag.`);
  }
  return entry;
}

/** Without quotes. */
export function entryEtag({ version }: LexiconEntry): string {
  return String(version);
}

function notFound(entryId: string): ServiceError {
  return new ServiceError("lexicon-entry-not-found", `There is no lexicon entry ${entryId.slice(0, 64)}.`);
}
