import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementsIn, textOf } from "../../../../../local/speech/ssml/ssml-element.ts";
import { parseSsml } from "../../../../../local/speech/ssml/parse-ssml.ts";
import { SsmlError } from "../../../../../local/speech/ssml/ssml-error.ts";

const NAMESPACES = `xmlns="http://www.w3.org/2001/10/synthesis" xmlns:x="https://www.w3.org/2001/mstts"`;

describe("reading SSML", () => {
  it("names elements by namespace, whatever their prefix", () => {
    const speak = parseSsml(
      `<speak ${NAMESPACES}><x:silence/><s:p xmlns:s="http://www.w3.org/2001/10/synthesis"/></speak>`,
    );

    expect(elementsIn(speak).map(({ name }) => name)).toEqual(["mstts:silence", "p"]);
  });

  it("keeps text, character references and CDATA, and drops comments", () => {
    const speak = parseSsml(`<speak ${NAMESPACES}>a &amp; &#98;<!-- no --><![CDATA[<c>]]></speak>`);

    expect(textOf(speak)).toBe("a & b<c>");
  });

  it("either reads a text or refuses it with an SsmlError", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const read = (): unknown => parseSsml(`<speak ${NAMESPACES}>${text}</speak>`);

        let outcome: unknown;
        try {
          outcome = read();
        } catch (error) {
          outcome = error;
        }
        expect(outcome instanceof SsmlError || !(outcome instanceof Error)).toBe(true);
      }),
    );
  });
});
