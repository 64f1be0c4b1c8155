import type { LexiconFileRow, LexiconRowProblem } from "../../application/ports/lexicon-files.ts";

/** Columns of a CSV file, keys of a JSON object. */
export const ROW_FIELDS = [
  "lexicon",
  "grapheme",
  "alias",
  "phoneme",
  "alphabet",
  "locale",
  "caseSensitive",
  "wholeWord",
  "enabled",
  "notes",
] as const;
export type RowField = (typeof ROW_FIELDS)[number];

export type FieldValues = Partial<Readonly<Record<RowField, unknown>>>;

const TRUE_WORDS: ReadonlySet<string> = new Set(["true", "yes", "1"]);
const FALSE_WORDS: ReadonlySet<string> = new Set(["false", "no", "0"]);

export interface RowPlace {
  readonly row: number;
  readonly line: number | undefined;
}

/** Makes a row of what a file says; an empty text counts as left out. */
export function rowOf(
  place: RowPlace,
  values: FieldValues,
  found: readonly LexiconRowProblem[],
): LexiconFileRow {
  const problems = [...found];
  const text = (field: RowField): string | undefined => {
    const value = values[field];
    if (value === undefined || value === null || value === "") {
      return undefined;
    }
    if (typeof value !== "string") {
      problems.push({ column: field, code: "text-expected", message: "is no text" });
      return undefined;
    }
    return value;
  };
  const flag = (field: RowField): boolean | undefined => {
    const value = values[field];
    if (typeof value === "boolean" || value === undefined || value === null || value === "") {
      return typeof value === "boolean" ? value : undefined;
    }
    const word = typeof value === "string" ? value.trim().toLowerCase() : "";
    if (!TRUE_WORDS.has(word) && !FALSE_WORDS.has(word)) {
      problems.push({ column: field, code: "boolean-expected", message: "is neither true nor false" });
    }
    return TRUE_WORDS.has(word);
  };
  const draft = {
    grapheme: text("grapheme") ?? "",
    alias: text("alias"),
    phoneme: text("phoneme"),
    alphabet: text("alphabet"),
    locale: text("locale"),
    caseSensitive: flag("caseSensitive"),
    wholeWord: flag("wholeWord"),
    enabled: flag("enabled"),
    notes: text("notes"),
  };
  return { ...place, lexicon: text("lexicon"), draft, problems };
}
