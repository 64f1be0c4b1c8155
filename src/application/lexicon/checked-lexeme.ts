import { ServiceError } from "../../domain/errors/service-error.ts";
import { type LexemeDraft, readLexeme } from "../../domain/lexicon/lexeme-draft.ts";
import type { Lexeme, LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import type { LexiconSnapshot } from "./lexicon-snapshot.ts";

/** @throws {@link ServiceError} `lexicon-entry-invalid` with one error for each wrong field. */
export function checkedLexeme(draft: LexemeDraft): Lexeme {
  const reading = readLexeme(draft);
  if (reading.kind === "lexeme") {
    return reading.lexeme;
  }
  const fields = [...new Set(reading.problems.map(({ field }) => field))].join(", ");
  throw new ServiceError("lexicon-entry-invalid", `These fields of the entry are not valid: ${fields}.`, {
    errors: reading.problems.map(({ field, message }) => ({ field, message })),
  });
}

/** @throws {@link ServiceError} `lexicon-entry-exists` when another entry than `self` matches the same words. */
export function refuseDuplicate(snapshot: LexiconSnapshot, lexeme: Lexeme, self?: LexiconEntry): void {
  const other = snapshot.same(lexeme);
  if (other !== undefined && other.id !== self?.id) {
    throw new ServiceError(
      "lexicon-entry-exists",
      `The entry ${other.id} of the lexicon ${snapshot.ref.name} has the same grapheme, locale and case.`,
      { details: { entryId: other.id, lexicon: snapshot.ref.name } },
    );
  }
}
