import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { DroppedItem } from "../../application/ports/drop-file-reader.ts";
import { dropFileFault } from "./drop-file-fault.ts";

type Convert = (value: string) => unknown;

const asText: Convert = (value) => value;
const asNumber: Convert = (value) => Number(value.replace(",", "."));
const asFlag: Convert = (value) => ({ true: true, false: false })[value.toLowerCase()] ?? value;
const asList: Convert = (value) => value.split(/[;|]/).map((name) => name.trim());

/** Columns that a file may have, and what their cells become. */
const COLUMNS: Readonly<Record<string, Convert>> = {
  id: asText,
  text: asText,
  ssml: asText,
  voice: asText,
  voiceId: asText,
  use: asText,
  locale: asText,
  style: asText,
  styleDegree: asNumber,
  role: asText,
  instructions: asText,
  rate: asText,
  pitch: asText,
  volume: asText,
  format: asText,
  sampleRateHz: asNumber,
  bitrateKbps: asNumber,
  lexicon: asList,
  strict: asFlag,
};

const rowsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));
type Row = z.output<typeof rowsSchema>[number];

/**
 * A header line, then an item per row; empty cells count as left out. Commas, semicolons and tabs separate.
 *
 * @throws {@link ServiceError} `drop-file-invalid`.
 */
export function readCsv(text: string): readonly DroppedItem[] {
  const [header, ...rows] = rowsOf(text);
  const names = (header?.record ?? []).map(columnName);
  const unknown = names.filter((name) => COLUMNS[name] === undefined);
  if (unknown.length > 0 || !names.some((name) => name === "text" || name === "ssml")) {
    const known = Object.keys(COLUMNS).join(", ");
    throw dropFileFault(1, `the header must name text or ssml, and nothing but these columns: ${known}`);
  }
  return rows.map(({ record, info }) => ({
    line: info.lines,
    fields: Object.fromEntries(names.flatMap((name, index) => cellOf(name, record[index]))),
  }));
}

/** Case and blanks around a name do not matter. */
function columnName(cell: string): string {
  const wanted = cell.trim().toLowerCase();
  return Object.keys(COLUMNS).find((name) => name.toLowerCase() === wanted) ?? cell.trim();
}

function cellOf(name: string, cell: string | undefined): readonly [string, unknown][] {
  return cell === undefined || cell.trim() === "" ? [] : [[name, COLUMNS[name]?.(cell)]];
}

function rowsOf(text: string): readonly Row[] {
  try {
    const rows: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      skip_empty_lines: true,
    });
    return rowsSchema.parse(rows);
  } catch (cause) {
    const line = cause instanceof Error && "lines" in cause ? Number(cause.lines) : 1;
    throw dropFileFault(line, "the row cannot be read: check its quotes and its number of cells", cause);
  }
}

/** Spreadsheets of many languages write semicolons. */
function delimiterOf(text: string): string {
  const header = text.slice(0, Math.max(0, text.search(/[\r\n]/)));
  return [";", "\t"].find((mark) => header.includes(mark)) ?? ",";
}
