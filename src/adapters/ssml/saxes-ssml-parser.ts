import { SaxesParser, type SaxesTagNS } from "saxes";
import type { SsmlParser } from "../../application/ports/ssml-parser.ts";
import { linearSource } from "../../domain/speech/ssml/source-map.ts";
import { ssmlInvalid } from "../../domain/speech/ssml/ssml-issue.ts";
import type { SsmlElement, SsmlNode, SsmlPosition } from "../../domain/speech/ssml/ssml-tree.ts";
import { textGaps } from "./text-gaps.ts";

const SYNTHESIS_NAMESPACE = "http://www.w3.org/2001/10/synthesis";
const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
const MSTTS_NAMESPACES = ["http://www.w3.org/2001/mstts", "https://www.w3.org/2001/mstts"];
const COMMENT_END = "-->";
const CDATA_START = "<![CDATA[";

/** Deeper than any sensible document, and shallow enough for recursion. */
const MAX_DEPTH = 64;

/** SSML parser on saxes: no document types, no entities but the five of XML. */
export class SaxesSsmlParser implements SsmlParser {
  parse(ssml: string): SsmlElement {
    return new TreeBuilder(ssml).build();
  }
}

interface OpenElement {
  readonly element: Omit<SsmlElement, "children">;
  readonly children: SsmlNode[];
}

class TreeBuilder {
  readonly #source: string;
  readonly #parser: SaxesParser<{ xmlns: true; additionalNamespaces: Record<string, string> }>;
  readonly #open: OpenElement[] = [];
  #root: SsmlElement | undefined;
  #tagStart: SsmlPosition | undefined;
  /** Where the markup that was read last ends. */
  #markupEnd = 0;

  constructor(source: string) {
    this.#source = source;
    this.#parser = new SaxesParser({
      xmlns: true,
      additionalNamespaces: { mstts: MSTTS_NAMESPACES[0] ?? "" },
    });
    this.#listen();
  }

  build(): SsmlElement {
    this.#parser.write(this.#source).close();
    return this.#root ?? this.#fail("The document holds no element.");
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on("error", (error) => this.#fail(error.message.replace(/^\d+:\d+: /, "")));
    parser.on("doctype", () => this.#fail("A document type declaration is not allowed."));
    parser.on("processinginstruction", () => this.#fail("Processing instructions are not allowed."));
    parser.on("opentagstart", () => {
      this.#tagStart = this.#positionOfTag();
    });
    parser.on("opentag", (tag) => this.#openElement(tag));
    parser.on("closetag", () => this.#closeElement());
    parser.on("text", (text) => this.#addText(text, this.#markupEnd));
    parser.on("cdata", (text) => {
      this.#addCdata(text);
      this.#markupEnd = parser.position;
    });
    parser.on("comment", () => {
      this.#markupEnd = this.#source.indexOf(COMMENT_END, this.#markupEnd) + COMMENT_END.length;
    });
    parser.on("xmldecl", () => {
      this.#markupEnd = parser.position;
    });
  }

  #openElement(tag: SaxesTagNS): void {
    if (this.#open.length >= MAX_DEPTH) {
      this.#fail(`Elements are nested more than ${MAX_DEPTH} deep.`);
    }
    const element = {
      kind: "element",
      name: canonicalName(tag),
      attributes: attributesOf(tag),
      ...(this.#tagStart && { position: this.#tagStart }),
    } as const;
    this.#open.push({ element, children: [] });
    this.#markupEnd = this.#parser.position;
  }

  #closeElement(): void {
    this.#markupEnd = this.#parser.position;
    const closed = this.#open.pop();
    if (closed === undefined) {
      return;
    }
    const element = { ...closed.element, children: closed.children };
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      this.#root = element;
    } else {
      parent.children.push(element);
    }
  }

  /** @param start where the source of the text begins; it ends at the next `<`. */
  #addText(text: string, start: number): void {
    const end = this.#source.indexOf("<", start);
    const raw = this.#source.slice(start, end === -1 ? undefined : end);
    this.#open.at(-1)?.children.push({ kind: "text", text, source: linearSource(start, textGaps(raw)) });
  }

  #addCdata(text: string): void {
    const start = this.#source.indexOf(CDATA_START, this.#markupEnd) + CDATA_START.length;
    const raw = this.#source.slice(start, this.#parser.position).replaceAll("&", " ");
    this.#open.at(-1)?.children.push({ kind: "text", text, source: linearSource(start, textGaps(raw)) });
  }

  /** The name of a tag stands on the line of its `<`. */
  #positionOfTag(): SsmlPosition {
    const { line, columnIndex, position } = this.#parser;
    const start = this.#source.lastIndexOf("<", position - 1);
    return { line, column: columnIndex - (position - start) + 1 };
  }

  #fail(message: string): never {
    const { line, columnIndex } = this.#parser;
    throw ssmlInvalid([{ position: { line, column: columnIndex + 1 }, message }]);
  }
}

function canonicalName({ uri, local }: SaxesTagNS): string {
  if (uri === "" || uri === SYNTHESIS_NAMESPACE) {
    return local;
  }
  return MSTTS_NAMESPACES.includes(uri) ? `mstts:${local}` : `{${uri}}${local}`;
}

function attributesOf(tag: SaxesTagNS): Record<string, string> {
  const own = Object.values(tag.attributes).filter(({ uri }) => uri !== XMLNS_NAMESPACE);
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}
