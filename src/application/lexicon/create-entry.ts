import type { Principal } from "../../domain/access/principal.ts";
import type { LexemeDraft } from "../../domain/lexicon/lexeme-draft.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { checkedLexeme, refuseDuplicate } from "./checked-lexeme.ts";
import type { LexiconParts } from "./lexicon-parts.ts";

/**
 * @throws {@link ServiceError} `lexicon-entry-invalid`, `lexicon-entry-exists`, `lexicon-full`, `lexicon-busy`
 * (retryable).
 */
export type CreateLexiconEntry = (
  principal: Principal,
  lexicon: string,
  draft: LexemeDraft,
) => Promise<LexiconEntry>;

export function makeCreateLexiconEntry({ writer, clock, ids }: LexiconParts): CreateLexiconEntry {
  return async (principal, lexicon, draft) => {
    const lexeme = checkedLexeme(draft);
    const now = clock.now().toISOString();
    const entry = {
      ...lexeme,
      id: ids.next("lex"),
      lexicon,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const ref = { ownerId: principal.id, name: lexicon };
    const { result } = await writer.change(ref, (snapshot) => {
      refuseDuplicate(snapshot, lexeme);
      return { change: { put: [entry], remove: [] }, result: entry };
    });
    return result;
  };
}
