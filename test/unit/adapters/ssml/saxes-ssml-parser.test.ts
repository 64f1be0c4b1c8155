import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SaxesSsmlParser } from "../../../../src/adapters/ssml/saxes-ssml-parser.ts";
import { escapeText } from "../../../../src/domain/speech/ssml/escape-xml.ts";
import { serializeSsml } from "../../../../src/domain/speech/ssml/serialize-ssml.ts";
import { sourceSpan } from "../../../../src/domain/speech/ssml/source-map.ts";
import type { SsmlNode, SsmlText } from "../../../../src/domain/speech/ssml/ssml-tree.ts";
import { speakableText } from "../../../../src/domain/speech/spoken-text.ts";

const parser = new SaxesSsmlParser();

function textsOf(node: SsmlNode): readonly SsmlText[] {
  return node.kind === "text" ? [node] : node.children.flatMap(textsOf);
}

function problemOf(ssml: string): unknown {
  try {
    parser.parse(ssml);
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Any code units: control characters, halves of surrogate pairs, non-characters. */
function anyText(minLength: number): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength })
    .map((units) => String.fromCharCode(...units));
}

describe("the SSML parser", () => {
  it("tells line and column of each element", () => {
    const root = parser.parse('<speak>\n  <voice name="x">Hi\r\n<break/></voice></speak>');

    const voice = root.children.find((child) => child.kind === "element");
    const inner =
      voice?.kind === "element" ? voice.children.find((child) => child.kind === "element") : undefined;
    expect(voice).toMatchObject({ name: "voice", position: { line: 2, column: 3 } });
    expect(inner).toMatchObject({ name: "break", position: { line: 3, column: 1 } });
  });

  it("gives elements their usual prefixes whatever the document calls them", () => {
    const root = parser.parse(
      '<s:speak xmlns:s="http://www.w3.org/2001/10/synthesis" xmlns:m="https://www.w3.org/2001/mstts"><m:silence/></s:speak>',
    );

    expect(root).toMatchObject({ name: "speak", children: [{ name: "mstts:silence" }] });
  });

  it("knows the prefix mstts without a declaration", () => {
    expect(parser.parse("<speak><mstts:silence/></speak>")).toMatchObject({
      children: [{ name: "mstts:silence" }],
    });
  });

  it.each([
    ["text without markup", "Hello"],
    ["a missing end tag", "<speak><voice>"],
    ["an ampersand by itself", "<speak>a & b</speak>"],
    ["an unknown entity", "<speak>&nbsp;</speak>"],
    ["a document type", '<!DOCTYPE speak SYSTEM "http://example.com/x.dtd"><speak/>'],
    ["a billion laughs", '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><speak>&b;</speak>'],
    ["an external entity", '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><speak>&x;</speak>'],
    ["an undeclared prefix", "<speak><foo:bar/></speak>"],
    ["elements nested too deeply", `${"<p>".repeat(100)}${"</p>".repeat(100)}`],
    ["nothing", ""],
  ])("refuses %s with line and column", (_, ssml) => {
    expect(problemOf(ssml)).toMatchObject({
      code: "ssml-invalid",
      errors: [{ field: "ssml", message: expect.stringMatching(/^Line \d+, column \d+: /) }],
    });
  });

  it("points each character of the text at its place in the document", () => {
    const ssml = "<speak>a&amp;b\r\nc<!-- x -->d<![CDATA[<e>]]>&#x1F600;f</speak>";

    const found = textsOf(parser.parse(ssml)).flatMap(({ text, source }) =>
      Array.from(text, (character) => {
        const start = text.indexOf(character);
        const { offset, length } = sourceSpan(source, start, start + character.length);
        return [character, ssml.slice(offset, offset + length)];
      }),
    );

    expect(found).toEqual([
      ["a", "a"],
      ["&", "&amp;"],
      ["b", "b"],
      ["\n", "\r\n"],
      ["c", "c"],
      ["d", "d"],
      ["<", "<"],
      ["e", "e"],
      [">", ">"],
      ["😀", "&#x1F600;"],
      ["f", "f"],
    ]);
  });

  it("reads any text that we write, as it was", () => {
    fc.assert(
      fc.property(anyText(1), (raw) => {
        const text = speakableText(raw);
        const root = parser.parse(
          serializeSsml({
            kind: "element",
            name: "speak",
            attributes: {},
            children: [{ kind: "text", text, source: { kind: "linear", offset: 0, gaps: [] } }],
          }),
        );

        expect(
          textsOf(root)
            .map((node) => node.text)
            .join(""),
        ).toBe(text);
        expect(text).toHaveLength(raw.length);
      }),
    );
  });

  it("reads any attribute that we write, as it was", () => {
    fc.assert(
      fc.property(anyText(0), (raw) => {
        const alias = speakableText(raw);
        const root = parser.parse(
          serializeSsml({ kind: "element", name: "sub", attributes: { alias }, children: [] }),
        );

        expect(root.attributes["alias"]).toBe(alias);
      }),
    );
  });

  it("keeps escaped text on the same place for every cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "&", "<", "é", "😀", " "), minLength: 1 }),
        (text) => {
          const ssml = `<speak>${escapeText(text)}</speak>`;
          const nodes = textsOf(parser.parse(ssml));

          const sources = nodes.map(({ text: part, source }) => {
            const { offset, length } = sourceSpan(source, 0, part.length);
            return ssml.slice(offset, offset + length);
          });

          expect(sources.join("")).toBe(escapeText(text));
        },
      ),
    );
  });
});
