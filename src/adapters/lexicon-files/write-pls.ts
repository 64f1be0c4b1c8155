import type { Alphabet } from "../../domain/lexicon/alphabet.ts";
import type { LexiconEntry } from "../../domain/lexicon/lexicon-entry.ts";
import { ANY_LOCALE } from "../../domain/lexicon/locale.ts";
import { escapeAttribute, escapeText } from "../../domain/speech/ssml/escape-xml.ts";
import { EXTENSION_NAMESPACE, PLS_NAMESPACE } from "./pls-namespaces.ts";

const ALPHABET_NAMES: Readonly<Record<Alphabet, string>> = {
  ipa: "ipa",
  "x-sampa": "x-sampa",
  ups: "x-microsoft-ups",
  sapi: "x-microsoft-sapi",
};

/** PLS 1.0 that Azure takes too when all entries have one locale; what PLS cannot say stands in attributes of our own. */
export function* writePls(entries: readonly LexiconEntry[]): Generator<string> {
  const locales = new Set(entries.map(({ locale }) => locale));
  const [first = ANY_LOCALE] = locales;
  const shared = locales.size === 1 ? first : ANY_LOCALE;
  const name = entries[0]?.lexicon;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<lexicon version="1.0" xmlns="${PLS_NAMESPACE}"`;
  yield ` xmlns:own="${EXTENSION_NAMESPACE}" alphabet="ipa" xml:lang="${shared === ANY_LOCALE ? "und" : shared}"`;
  yield `${attribute("lexicon", name)}>\n`;
  for (const entry of entries) {
    yield lexeme(entry, shared);
  }
  yield "</lexicon>\n";
}

function lexeme(entry: LexiconEntry, sharedLocale: string): string {
  const { grapheme, pronunciation } = entry;
  const own = [
    attribute("locale", entry.locale === sharedLocale ? undefined : entry.locale),
    attribute("caseSensitive", entry.caseSensitive ? undefined : "false"),
    attribute("wholeWord", entry.wholeWord ? undefined : "false"),
    attribute("enabled", entry.enabled ? undefined : "false"),
    attribute("notes", entry.notes === "" ? undefined : entry.notes),
  ].join("");
  const spoken =
    pronunciation.kind === "alias"
      ? `<alias>${escapeText(pronunciation.alias)}</alias>`
      : `<phoneme alphabet="${ALPHABET_NAMES[pronunciation.alphabet]}">${escapeText(pronunciation.phoneme)}</phoneme>`;
  return `  <lexeme${own}><grapheme>${escapeText(grapheme)}</grapheme>${spoken}</lexeme>\n`;
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` own:${name}="${escapeAttribute(value)}"`;
}
