import type { Lexeme } from "./lexicon-entry.ts";
import { caselessFolding, foldString } from "./text-folding.ts";

/** Two lexemes of one lexicon with the same key would match the same words. */
export function lexemeKey({ grapheme, locale, caseSensitive }: Lexeme): string {
  const folding = caseSensitive ? "exact" : caselessFolding(locale);
  return `${locale} ${caseSensitive ? "exact" : "any"} ${foldString(grapheme, folding)}`;
}
