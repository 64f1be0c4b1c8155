import type {
  LexiconFileFormat,
  LexiconFileRow,
  LexiconFiles,
} from "../../application/ports/lexicon-files.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { decodeText } from "./decode-text.ts";
import { readCsv } from "./read-csv.ts";
import { readJson, readJsonLines } from "./read-json.ts";
import { readPls } from "./read-pls.ts";
import { writeCsv, writeJson, writeJsonLines } from "./write-lexicon.ts";
import { writePls } from "./write-pls.ts";

const READERS = { csv: readCsv, json: readJson, jsonl: readJsonLines, pls: readPls } as const;
const WRITERS = { csv: writeCsv, json: writeJson, jsonl: writeJsonLines, pls: writePls } as const;

/** Reads files row by row: memory does not grow with them. */
export class StreamedLexiconFiles implements LexiconFiles {
  read(format: LexiconFileFormat, bytes: AsyncIterable<Uint8Array>): AsyncIterable<LexiconFileRow> {
    return READERS[format](decodeText(bytes));
  }

  write(format: LexiconFileFormat, entries: readonly LexiconEntry[]): Iterable<string> {
    return WRITERS[format](entries);
  }
}
