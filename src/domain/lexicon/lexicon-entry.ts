import type { Alphabet } from "./alphabet.ts";

/** What is spoken instead of the grapheme: other words, or phones. */
export type Pronunciation =
  | { readonly kind: "alias"; readonly alias: string }
  | { readonly kind: "phoneme"; readonly phoneme: string; readonly alphabet: Alphabet };

/** What an author says about one pronunciation. */
export interface Lexeme {
  /** As written in texts, without white space at its ends. */
  readonly grapheme: string;
  readonly pronunciation: Pronunciation;
  /** Canonical BCP 47, or `*` for every language. */
  readonly locale: string;
  readonly caseSensitive: boolean;
  /** Matches only where the grapheme is not a part of a longer word. */
  readonly wholeWord: boolean;
  readonly enabled: boolean;
  readonly notes: string;
}

/** A lexeme with its place in a lexicon. */
export interface LexiconEntry extends Lexeme {
  readonly id: string;
  /** Name of the lexicon. */
  readonly lexicon: string;
  /** 1 when created, one more with every change. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The text that is spoken or, for phones, how they are written: what reports show. */
export function replacementOf(pronunciation: Pronunciation): string {
  return pronunciation.kind === "alias" ? pronunciation.alias : pronunciation.phoneme;
}
