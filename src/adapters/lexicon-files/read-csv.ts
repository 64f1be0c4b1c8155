import { pipeline, Readable } from "node:stream";
import type { Info } from "csv-parse";
import type { LexiconFileRow } from "../../application/ports/lexicon-files.ts";
import { fileFault } from "./file-fault.ts";
import { type FieldValues, ROW_FIELDS, rowOf, type RowField } from "./row-fields.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
/** Spreadsheets may name the delimiter on a line of its own. */
const NAMED_DELIMITER = /^sep=(.)\r?\n/i;
const MAX_HEADER_CHARACTERS = 4096;
const MAX_ROW_CHARACTERS = 32_768;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

/** CSV with a header; the delimiter is the one that the header uses most. */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<LexiconFileRow> {
  const { CsvError, parse } = await import("csv-parse");
  const { start, rest } = await splitStart(chunks);
  const [preamble = "", delimiter = delimiterOf(start)] = NAMED_DELIMITER.exec(start) ?? [];
  const linesBefore = preamble === "" ? 0 : 1;
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  // A failure of either side comes out of the iteration below.
  pipeline(Readable.from(concatenated(start.slice(preamble.length), rest)), parser, () => undefined);
  try {
    yield* rowsOf(parser, linesBefore);
  } catch (cause) {
    if (!(cause instanceof CsvError)) {
      throw cause;
    }
    const line = Number(cause["lines"] ?? 1) + linesBefore;
    throw fileFault(`The CSV is not well-formed: ${cause.message}.`, { line }, cause);
  }
}

async function* rowsOf(
  records: AsyncIterable<CsvRecord>,
  linesBefore: number,
): AsyncGenerator<LexiconFileRow> {
  let columns: readonly RowField[] | undefined;
  let row = 0;
  for await (const { record, info } of records) {
    const line = info.lines + linesBefore;
    if (columns === undefined) {
      columns = readHeader(record, line);
    } else {
      row += 1;
      yield readRow({ row, line }, record, columns);
    }
  }
  if (columns === undefined) {
    throw fileFault(`The file is empty; its first line names columns: ${ROW_FIELDS.join(", ")}.`, {
      line: 1,
    });
  }
}

/** Case, blanks, hyphens and underscores of column names do not matter. */
function readHeader(names: readonly string[], line: number): readonly RowField[] {
  const columns = names.map((name, index) => {
    const plain = name.replace(/[\s_-]/g, "").toLowerCase();
    const field = ROW_FIELDS.find((candidate) => candidate.toLowerCase() === plain);
    if (field === undefined) {
      const message = `The column "${name.slice(0, 40)}" is none of ${ROW_FIELDS.join(", ")}.`;
      throw fileFault(message, { line, column: index + 1 });
    }
    return field;
  });
  const twice = columns.findIndex((field, index) => columns.indexOf(field) !== index);
  if (twice >= 0) {
    throw fileFault(`The column ${columns[twice] ?? ""} occurs twice.`, { line, column: twice + 1 });
  }
  if (!columns.includes("grapheme")) {
    throw fileFault("The header names no column grapheme.", { line });
  }
  return columns;
}

function readRow(
  place: { readonly row: number; readonly line: number },
  record: readonly string[],
  columns: readonly RowField[],
): LexiconFileRow {
  const values: FieldValues = Object.fromEntries(columns.map((field, index) => [field, record[index]]));
  const message = `has ${record.length} values, the header ${columns.length}`;
  const problem = { column: "row", code: "column-count-wrong", message };
  return rowOf(place, values, record.length === columns.length ? [] : [problem]);
}

/** Reads on until the first line is complete. */
async function splitStart(
  chunks: AsyncIterable<string>,
): Promise<{ readonly start: string; readonly rest: AsyncIterator<string> }> {
  const rest = chunks[Symbol.asyncIterator]();
  let start = "";
  for (;;) {
    const hasLine = NAMED_DELIMITER.test(start)
      ? start.indexOf("\n") !== start.lastIndexOf("\n")
      : start.includes("\n");
    if (hasLine || start.length > MAX_HEADER_CHARACTERS) {
      return { start, rest };
    }
    const next = await rest.next();
    if (next.done === true) {
      return { start, rest };
    }
    start += next.value;
  }
}

async function* concatenated(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    yield next.value;
  }
}

function delimiterOf(start: string): string {
  const header = start.split("\n", 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.reduce((most, candidate) => (candidate.count > most.count ? candidate : most)).delimiter;
}
