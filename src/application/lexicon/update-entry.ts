import type { Principal } from "../../domain/access/principal.ts";
import type { LexemeDraft } from "../../domain/lexicon/lexeme-draft.ts";
import type { Lexeme, LexiconEntry, Pronunciation } from "../../domain/lexicon/lexicon-entry.ts";
import { checkedLexeme, refuseDuplicate } from "./checked-lexeme.ts";
import { entryToChange, findEntry } from "./find-entry.ts";
import type { LexiconParts } from "./lexicon-parts.ts";

type LexemeChanges = { readonly [Field in keyof LexemeDraft]?: LexemeDraft[Field] | undefined };

export interface UpdateEntryRequest {
  readonly entryId: string;
  /** What is left out stays as it is; an alias replaces phonemes and the other way round. */
  readonly changes: LexemeChanges;
  /** ETag that the caller has read. */
  readonly ifMatch: string | undefined;
}

/**
 * @throws {@link ServiceError} `lexicon-entry-not-found`, `precondition-failed`, `lexicon-entry-invalid`,
 * `lexicon-entry-exists`, `lexicon-busy` (retryable).
 */
export type UpdateLexiconEntry = (principal: Principal, request: UpdateEntryRequest) => Promise<LexiconEntry>;

export function makeUpdateLexiconEntry({ reader, writer, clock }: LexiconParts): UpdateLexiconEntry {
  return async (principal, { entryId, changes, ifMatch }) => {
    const found = await findEntry(reader, principal, entryId);
    const ref = { ownerId: principal.id, name: found.lexicon };
    const { result } = await writer.change(ref, (snapshot) => {
      const before = entryToChange(snapshot, entryId, ifMatch);
      const lexeme = checkedLexeme(merged(before, changes));
      refuseDuplicate(snapshot, lexeme, before);
      const entry = {
        ...before,
        ...lexeme,
        version: before.version + 1,
        updatedAt: clock.now().toISOString(),
      };
      return { change: { put: [entry], remove: [] }, result: entry };
    });
    return result;
  };
}

function merged({ pronunciation, ...rest }: Lexeme, changes: LexemeChanges): LexemeDraft {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...rest, ...keptPronunciation(pronunciation, changes), ...Object.fromEntries(given) };
}

/** New phonemes are in the alphabet of the old ones, unless they name another. */
function keptPronunciation(
  pronunciation: Pronunciation,
  { alias, phoneme }: LexemeChanges,
): Pick<LexemeDraft, "alias" | "phoneme" | "alphabet"> {
  if (alias !== undefined) {
    return {};
  }
  if (pronunciation.kind === "alias") {
    return phoneme === undefined ? { alias: pronunciation.alias } : {};
  }
  return { phoneme: pronunciation.phoneme, alphabet: pronunciation.alphabet };
}
