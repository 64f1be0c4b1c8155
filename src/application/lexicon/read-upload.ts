import { ServiceError } from "../../domain/errors/service-error.ts";
import { readLexeme } from "../../domain/lexicon/lexeme-draft.ts";
import { lexemeKey } from "../../domain/lexicon/lexeme-key.ts";
import type { Lexeme } from "../../domain/lexicon/lexicon-entry.ts";
import type { LexiconFileRow, LexiconRowProblem } from "../ports/lexicon-files.ts";
import { DEFAULT_LEXICON, LEXICON_NAME } from "./lexicon-name.ts";
import type { RowOutcome, RowPlace } from "./upload-report.ts";

/** A row of an upload that may be stored, says what an earlier row says, or may not be stored. */
export type UploadRow =
  | { readonly kind: "lexeme"; readonly place: RowPlace; readonly lexeme: Lexeme }
  | { readonly kind: "repeated"; readonly outcomes: readonly RowOutcome[] }
  | { readonly kind: "failed"; readonly outcomes: readonly RowOutcome[] };

export interface UploadTarget {
  /** Counts for all rows, whatever they say. Default: what the first row says, else `default`. */
  readonly lexicon: string | undefined;
  /** For rows without one. */
  readonly locale: string | undefined;
  readonly maxRows: number;
}

/**
 * Checks each row by itself and against the rows before it.
 *
 * @throws {@link ServiceError} `lexicon-file-invalid`.
 */
export async function readUpload(
  rows: AsyncIterable<LexiconFileRow>,
  target: UploadTarget,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly rows: readonly UploadRow[] }> {
  const read: UploadRow[] = [];
  const seen = new Map<string, { readonly row: number; readonly lexeme: Lexeme }>();
  let name = target.lexicon;
  for await (const row of rows) {
    signal.throwIfAborted();
    if (read.length === target.maxRows) {
      throw new ServiceError("lexicon-file-invalid", `The file has more than ${target.maxRows} rows.`, {
        details: { limit: target.maxRows },
        errors: [
          { field: `rows[${row.row}]`, message: `is more than the ${target.maxRows} rows that are allowed` },
        ],
      });
    }
    name ??= row.lexicon ?? DEFAULT_LEXICON;
    const rowName = target.lexicon ?? row.lexicon ?? name;
    read.push(readRow(row, { name, rowName, locale: target.locale, seen }));
  }
  return { name: name ?? DEFAULT_LEXICON, rows: read };
}

function readRow(row: LexiconFileRow, { name, rowName, locale, seen }: Context): UploadRow {
  const reading = readLexeme({ ...row.draft, locale: row.draft.locale ?? locale });
  const problems = [
    ...row.problems,
    ...nameProblems(rowName, name),
    ...(reading.kind === "problems" ? reading.problems.map((each) => ({ ...each, column: each.field })) : []),
  ];
  if (problems.length > 0 || reading.kind === "problems") {
    return { kind: "failed", outcomes: problems.map((problem) => failure(row, problem)) };
  }
  const { lexeme } = reading;
  const key = lexemeKey(lexeme);
  const earlier = seen.get(key);
  if (earlier === undefined) {
    seen.set(key, { row: row.row, lexeme });
    return { kind: "lexeme", place: placeOf(row), lexeme };
  }
  if (isSameLexeme(earlier.lexeme, lexeme)) {
    const message = `says the same as row ${earlier.row}`;
    return {
      kind: "repeated",
      outcomes: [{ ...placeOf(row), status: "skipped", code: "repeated", message }],
    };
  }
  const message = `contradicts row ${earlier.row}, which has the same grapheme, locale and case`;
  return { kind: "failed", outcomes: [failure(row, { column: "grapheme", code: "duplicate", message })] };
}

export function isSameLexeme(a: Lexeme, b: Lexeme): boolean {
  return (
    a.grapheme === b.grapheme &&
    a.wholeWord === b.wholeWord &&
    a.enabled === b.enabled &&
    a.notes === b.notes &&
    JSON.stringify(a.pronunciation) === JSON.stringify(b.pronunciation)
  );
}

interface Context {
  /** Of the lexicon that the upload goes into. */
  readonly name: string;
  /** Of the lexicon that the row is for. */
  readonly rowName: string;
  readonly locale: string | undefined;
  readonly seen: Map<string, { readonly row: number; readonly lexeme: Lexeme }>;
}

function nameProblems(rowName: string, name: string): readonly LexiconRowProblem[] {
  if (!LEXICON_NAME.test(rowName)) {
    return [{ column: "lexicon", code: "lexicon-name-invalid", message: "is no name of a lexicon" }];
  }
  if (rowName !== name) {
    const message = `is "${rowName}", but the first row is for "${name}"; name the lexicon in the form to put all rows into it`;
    return [{ column: "lexicon", code: "lexicon-differs", message }];
  }
  return [];
}

function failure(row: LexiconFileRow, { column, code, message }: LexiconRowProblem): RowOutcome {
  return { ...placeOf(row), status: "failed", column, code, message };
}

function placeOf({ row, line, warnings = [] }: LexiconFileRow): RowPlace {
  return { row, ...(line !== undefined && { line }), ...(warnings.length > 0 && { warnings }) };
}
