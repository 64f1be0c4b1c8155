import type { SaxesTagNS } from "saxes";
import type { LexiconFileRow } from "../../application/ports/lexicon-files.ts";
import { fileFault } from "./file-fault.ts";
import { EXTENSION_NAMESPACE, PLS_NAMESPACE } from "./pls-namespaces.ts";
import { rowOf } from "./row-fields.ts";

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
const MAX_DEPTH = 16;
const MAX_TEXT_CHARACTERS = 8192;

interface Spoken {
  readonly text: string;
  readonly alphabet: string;
  readonly preferred: boolean;
}

/** A lexeme that is being read. */
interface OpenLexeme {
  readonly own: ReadonlyMap<string, string>;
  readonly graphemes: string[];
  readonly aliases: Spoken[];
  readonly phonemes: Spoken[];
}

/**
 * W3C PLS 1.0. An alias comes before a phoneme, as in Azure; of several, the preferred or else the first one counts.
 * Graphemes match their case exactly, unless our own attributes say otherwise.
 *
 * @see https://www.w3.org/TR/pronunciation-lexicon/
 */
export async function* readPls(chunks: AsyncIterable<string>): AsyncGenerator<LexiconFileRow> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser({ xmlns: true });
  const reader = new PlsReader();
  parser.on("doctype", () => {
    throw reader.fault(
      "A document type is not allowed: it could name other files or grow without end.",
      parser,
    );
  });
  parser.on("opentag", (tag) => reader.open(tag, parser));
  parser.on("text", (text) => reader.text(text, parser));
  parser.on("cdata", (text) => reader.text(text, parser));
  parser.on("closetag", (tag) => reader.close(tag.local, parser));
  parser.on("error", (error) => {
    const message = error.message.replace(/^\d+:\d+: /, "").slice(0, 200);
    throw reader.fault(`The XML is not well-formed: ${message}`, parser);
  });
  for await (const chunk of chunks) {
    parser.write(chunk);
    yield* reader.takeRows();
  }
  parser.close();
  yield* reader.takeRows();
}

interface Position {
  readonly line: number;
  readonly columnIndex: number;
}

class PlsReader {
  #rows: LexiconFileRow[] = [];
  #rowCount = 0;
  #depth = 0;
  #alphabet = "ipa";
  #locale: string | undefined;
  #lexicon: string | undefined;
  #lexeme: OpenLexeme | undefined;
  #tag: SaxesTagNS | undefined;
  #text = "";

  takeRows(): readonly LexiconFileRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  fault(message: string, { line, columnIndex }: Position): Error {
    return fileFault(message, { line, column: columnIndex + 1 });
  }

  open(tag: SaxesTagNS, position: Position): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw this.fault(`Elements are nested more than ${MAX_DEPTH} deep.`, position);
    }
    if (this.#depth === 1) {
      this.#openRoot(tag, position);
    } else if (tag.local === "lexeme" && this.#depth === 2) {
      this.#lexeme = { own: extensionsOf(tag), graphemes: [], aliases: [], phonemes: [] };
    }
    this.#tag = tag;
    this.#text = "";
  }

  text(text: string, position: Position): void {
    this.#text += text;
    if (this.#text.length > MAX_TEXT_CHARACTERS) {
      throw this.fault(`An element holds more than ${MAX_TEXT_CHARACTERS} characters.`, position);
    }
  }

  close(name: string, position: Position): void {
    if (this.#depth === 3 && this.#lexeme) {
      this.#closeChild(name, this.#lexeme);
    } else if (this.#depth === 2 && this.#lexeme) {
      this.#closeLexeme(this.#lexeme, position.line);
      this.#lexeme = undefined;
    }
    this.#depth -= 1;
    this.#text = "";
  }

  #openRoot(tag: SaxesTagNS, position: Position): void {
    if (tag.local !== "lexicon" || tag.uri !== PLS_NAMESPACE) {
      throw this.fault(`The root is no <lexicon xmlns="${PLS_NAMESPACE}">.`, position);
    }
    const language = attributeOf(tag, XML_NAMESPACE, "lang");
    this.#locale = language === "und" ? undefined : language;
    this.#alphabet = attributeOf(tag, "", "alphabet") ?? "ipa";
    this.#lexicon = attributeOf(tag, EXTENSION_NAMESPACE, "lexicon");
  }

  #closeChild(name: string, lexeme: OpenLexeme): void {
    const text = this.#text.trim();
    const tag = this.#tag;
    const spoken = {
      text,
      alphabet: (tag && attributeOf(tag, "", "alphabet")) ?? this.#alphabet,
      preferred: tag !== undefined && attributeOf(tag, "", "prefer") === "true",
    };
    if (name === "grapheme") {
      lexeme.graphemes.push(text);
    } else if (name === "alias") {
      lexeme.aliases.push(spoken);
    } else if (name === "phoneme") {
      lexeme.phonemes.push(spoken);
    }
  }

  #closeLexeme({ own, graphemes, aliases, phonemes }: OpenLexeme, line: number): void {
    const alias = preferred(aliases);
    const phoneme = alias === undefined ? preferred(phonemes) : undefined;
    const warnings = warningsOf(aliases, phonemes);
    for (const grapheme of graphemes.length === 0 ? [""] : graphemes) {
      this.#rowCount += 1;
      const values = {
        lexicon: this.#lexicon,
        grapheme,
        alias: alias?.text,
        phoneme: phoneme?.text,
        alphabet: phoneme?.alphabet,
        locale: own.get("locale") ?? this.#locale,
        caseSensitive: own.get("caseSensitive") ?? true,
        wholeWord: own.get("wholeWord"),
        enabled: own.get("enabled"),
        notes: own.get("notes"),
      };
      this.#rows.push({ ...rowOf({ row: this.#rowCount, line }, values, []), warnings });
    }
  }
}

/** An entry has one pronunciation: what a lexeme says besides is dropped, but not without a word. */
function warningsOf(aliases: readonly Spoken[], phonemes: readonly Spoken[]): readonly string[] {
  const kind = aliases.length > 0 ? "alias" : "phoneme";
  const { length: count } = aliases.length > 0 ? aliases : phonemes;
  return [
    ...(aliases.length > 0 && phonemes.length > 0
      ? ["The phoneme of the lexeme is not stored: it has an alias too, which comes first."]
      : []),
    ...(count > 1
      ? [`Only one ${kind} of the lexeme is stored, of ${count}: the preferred or the first one.`]
      : []),
  ];
}

function preferred(all: readonly Spoken[]): Spoken | undefined {
  return all.find((spoken) => spoken.preferred) ?? all[0];
}

function attributeOf(tag: SaxesTagNS, uri: string, local: string): string | undefined {
  return Object.values(tag.attributes).find((attribute) => attribute.local === local && attribute.uri === uri)
    ?.value;
}

function extensionsOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  return new Map(
    Object.values(tag.attributes).flatMap(({ uri, local, value }) =>
      uri === EXTENSION_NAMESPACE ? [[local, value] as const] : [],
    ),
  );
}
