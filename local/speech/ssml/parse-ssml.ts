import { SaxesParser } from "saxes";
import type { SaxesTagNS } from "saxes";
import type { SsmlElement, SsmlNode } from "./ssml-element.ts";
import { SsmlError } from "./ssml-error.ts";

/** Nobody nests deeper by intention. */
const MAX_DEPTH = 64;

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2001/10/synthesis", ""],
  ["http://www.w3.org/2001/mstts", "mstts:"],
  ["https://www.w3.org/2001/mstts", "mstts:"],
  ["http://www.w3.org/1998/Math/MathML", "math:"],
]);

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: SsmlNode[];
}

/**
 * Reads a document without entities of its own.
 *
 * @throws {@link SsmlError} when it is not well-formed XML, has a document type, or nests too deeply.
 */
export function parseSsml(document: string): SsmlElement {
  const root: OpenElement = { name: "", attributes: new Map(), children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw new SsmlError(`SSML is invalid: ${error.message}`);
  });
  parser.on("doctype", () => {
    throw new SsmlError("SSML is invalid: document types are not allowed.");
  });
  parser.on("opentag", (tag) => {
    if (open.length > MAX_DEPTH) {
      throw new SsmlError(`SSML is invalid: elements are nested deeper than ${MAX_DEPTH} levels.`);
    }
    open.push({ name: nameOf(tag), attributes: attributesOf(tag), children: [] });
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed !== undefined) {
      open.at(-1)?.children.push({ kind: "element", ...closed });
    }
  });
  const addText = (text: string): void => {
    open.at(-1)?.children.push({ kind: "text", text });
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(document).close();
  const speak = root.children.find((child) => child.kind === "element");
  if (speak === undefined) {
    throw new SsmlError("SSML is invalid: there is no root element.");
  }
  return speak;
}

function nameOf(tag: SaxesTagNS): string {
  const prefix = PREFIXES.get(tag.uri);
  return prefix === undefined ? tag.name : prefix + tag.local;
}

function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  return new Map(Object.values(tag.attributes).map(({ name, value }) => [name, value]));
}
