import type { LexiconEntry } from "../../../src/domain/lexicon/lexicon-entry.ts";

const MADE_AT = "2026-03-01T12:00:00.000Z";

/** An alias in every locale, for any case and whole words, unless said otherwise. */
export function entryOf(
  grapheme: string,
  alias: string,
  fields: Partial<Omit<LexiconEntry, "grapheme">> = {},
): LexiconEntry {
  return {
    id: `lex_${grapheme}_${alias}`,
    lexicon: "default",
    grapheme,
    pronunciation: { kind: "alias", alias },
    locale: "*",
    caseSensitive: false,
    wholeWord: true,
    enabled: true,
    notes: "",
    version: 1,
    createdAt: MADE_AT,
    updatedAt: MADE_AT,
    ...fields,
  };
}
