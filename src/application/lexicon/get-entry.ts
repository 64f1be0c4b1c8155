import type { Principal } from "../../domain/access/principal.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { findEntry } from "./find-entry.ts";
import type { LexiconParts } from "./lexicon-parts.ts";

/** @throws {@link ServiceError} `lexicon-entry-not-found`. */
export type GetLexiconEntry = (principal: Principal, entryId: string) => Promise<LexiconEntry>;

export function makeGetLexiconEntry({ reader }: LexiconParts): GetLexiconEntry {
  return (principal, entryId) => findEntry(reader, principal, entryId);
}
