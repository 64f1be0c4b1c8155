import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { ROW_FIELDS, type RowField } from "./row-fields.ts";

const NEEDS_QUOTES = /[",;\t|\r\n]|^\s|\s$/;

export function* writeCsv(entries: readonly LexiconEntry[]): Generator<string> {
  yield `${ROW_FIELDS.join(",")}\r\n`;
  for (const entry of entries) {
    const values = valuesOf(entry);
    yield `${ROW_FIELDS.map((field) => quoted(String(values[field] ?? ""))).join(",")}\r\n`;
  }
}

export function* writeJson(entries: readonly LexiconEntry[]): Generator<string> {
  yield "[";
  for (const [index, entry] of entries.entries()) {
    yield `${index === 0 ? "" : ","}\n  ${JSON.stringify(valuesOf(entry))}`;
  }
  yield "\n]\n";
}

export function* writeJsonLines(entries: readonly LexiconEntry[]): Generator<string> {
  for (const entry of entries) {
    yield `${JSON.stringify(valuesOf(entry))}\n`;
  }
}

function valuesOf(entry: LexiconEntry): Readonly<Partial<Record<RowField, string | boolean>>> {
  const { lexicon, grapheme, pronunciation, locale, caseSensitive, wholeWord, enabled, notes } = entry;
  const spoken =
    pronunciation.kind === "alias"
      ? { alias: pronunciation.alias }
      : { phoneme: pronunciation.phoneme, alphabet: pronunciation.alphabet };
  return { lexicon, grapheme, ...spoken, locale, caseSensitive, wholeWord, enabled, notes };
}

function quoted(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
