import type { LexemeDraft } from "../../domain/lexicon/lexeme-draft.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";

/** `pls` is the W3C's Pronunciation Lexicon Specification 1.0; `jsonl` has one JSON object on each line. */
export const LEXICON_FILE_FORMATS = ["csv", "json", "jsonl", "pls"] as const;
export type LexiconFileFormat = (typeof LEXICON_FILE_FORMATS)[number];

/** One thing in a row that is not as the format wants it. */
export interface LexiconRowProblem {
  readonly column: string;
  readonly code: string;
  /** What is wrong with the column, without its name. */
  readonly message: string;
}

/** One lexeme of a file, not checked yet. */
export interface LexiconFileRow {
  /** Counts from 1; a header is no row. In PLS each grapheme of a lexeme is one. */
  readonly row: number;
  /** Line of the file on which the row begins or ends, from 1; undefined where the format does not tell. */
  readonly line: number | undefined;
  /** Name of the lexicon, where the file says it. */
  readonly lexicon: string | undefined;
  readonly draft: LexemeDraft;
  readonly problems: readonly LexiconRowProblem[];
  /** What the file says and an entry cannot hold, as sentences. Default: nothing. */
  readonly warnings?: readonly string[];
}

/** Reads and writes lexicons as files. What is written reads back to the same lexemes, in every format. */
export interface LexiconFiles {
  /**
   * One row after the other, while the file comes in. UTF-8, UTF-16 (by its BOM or its zero bytes), and in PLS what the
   * XML declaration names.
   *
   * @throws {@link ServiceError} `lexicon-file-invalid` with the line and column in `errors`.
   */
  read(format: LexiconFileFormat, bytes: AsyncIterable<Uint8Array>): AsyncIterable<LexiconFileRow>;

  /** @returns the file in pieces, in UTF-8. */
  write(format: LexiconFileFormat, entries: readonly LexiconEntry[]): Iterable<string>;
}
