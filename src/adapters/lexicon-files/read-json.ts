import type { LexiconFileRow, LexiconRowProblem } from "../../application/ports/lexicon-files.ts";
import { countLines } from "./decode-text.ts";
import { fileFault, type FilePlace } from "./file-fault.ts";
import { type FieldValues, ROW_FIELDS, rowOf, type RowPlace } from "./row-fields.ts";

/** What our own answers say about an entry besides; it is not read back. */
const READ_ONLY_FIELDS: ReadonlySet<string> = new Set(["id", "createdAt", "updatedAt", "etag"]);
const KNOWN_FIELDS: ReadonlySet<string> = new Set<string>(ROW_FIELDS);
const MAX_ROW_CHARACTERS = 32_768;
const POSITION = /at position "(\d+)"/;

/** A JSON array of objects, read element by element. */
export async function* readJson(chunks: AsyncIterable<string>): AsyncGenerator<LexiconFileRow> {
  const { JSONParser } = await import("@streamparser/json");
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  const rows: LexiconFileRow[] = [];
  let fault: Error | undefined;
  let row = 0;
  parser.onValue = ({ value, key }) => {
    if (typeof key !== "number") {
      throw fileFault("The file is no JSON array of objects.", { line: 1 });
    }
    row += 1;
    rows.push(rowOfObject({ row, line: undefined }, value));
  };
  parser.onError = (error) => {
    fault ??= error;
  };

  const before = { bytes: 0, lines: 0 };
  for await (const chunk of chunks) {
    parser.write(chunk);
    if (fault) {
      throw faultOf(fault, placeOf(fault, chunk, before));
    }
    yield* rows.splice(0);
    before.bytes += Buffer.byteLength(chunk);
    before.lines += countLines(chunk);
  }
  if (!parser.isEnded) {
    throw fileFault("The JSON ends too early.", { line: before.lines + 1 });
  }
  if (row === 0) {
    yield* rows;
  }
}

/** One JSON object on each line; empty lines are skipped. */
export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<LexiconFileRow> {
  let row = 0;
  for await (const { line, text } of linesOf(chunks)) {
    if (text.trim() !== "") {
      row += 1;
      yield rowOfLine({ row, line }, text);
    }
  }
}

function rowOfLine(place: RowPlace & { readonly line: number }, text: string): LexiconFileRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fileFault("The line is no JSON object.", { line: place.line }, cause);
  }
  return rowOfObject(place, value);
}

function rowOfObject(place: RowPlace, value: unknown): LexiconFileRow {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return rowOf(place, {}, [{ column: "row", code: "object-expected", message: "is no JSON object" }]);
  }
  const problems = Object.keys(value)
    .filter((name) => !KNOWN_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name))
    .map((name): LexiconRowProblem => ({
      column: name.slice(0, 40),
      code: "column-unknown",
      message: `is none of ${ROW_FIELDS.join(", ")}`,
    }));
  const values: FieldValues = value;
  return rowOf(place, values, problems);
}

async function* linesOf(
  chunks: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let line = 0;
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_ROW_CHARACTERS) {
      throw fileFault(`The line is longer than ${MAX_ROW_CHARACTERS} characters.`, {
        line: line + lines.length + 1,
      });
    }
    for (const text of lines) {
      line += 1;
      yield { line, text };
    }
  }
  yield { line: line + 1, text: rest };
}

/** The parser counts bytes of UTF-8. */
function placeOf(
  fault: Error,
  chunk: string,
  before: { readonly bytes: number; readonly lines: number },
): FilePlace {
  const position = Number(POSITION.exec(fault.message)?.[1] ?? 0);
  const read = Buffer.from(chunk)
    .subarray(0, Math.max(0, position - before.bytes))
    .toString();
  return { line: before.lines + countLines(read) + 1, column: read.length - read.lastIndexOf("\n") };
}

function faultOf(fault: Error, place: FilePlace): Error {
  return fault.name === "ServiceError" ? fault : fileFault("The JSON is not well-formed.", place, fault);
}
