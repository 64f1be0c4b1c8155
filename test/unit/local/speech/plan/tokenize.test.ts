import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../../../../local/speech/plan/tokenize.ts";

function read(text: string, locale = "en-US"): string[] {
  return tokenize(text, locale).map((token) =>
    token.kind === "word" ? token.text : `${token.pause}:${token.text}`,
  );
}

describe("splitting text into words and pauses", () => {
  it.each([
    ["Hello, world.", ["Hello", "comma:,", "world", "sentence:."]],
    ["Really?! Yes; now: go", ["Really", "sentence:?!", "Yes", "semicolon:;", "now", "semicolon::", "go"]],
    ["“Quoted” (words) 'here'", ["Quoted", "words", "here"]],
    ["It costs $5.00 or 10%.", ["It", "costs", "$5.00", "or", "10%", "sentence:."]],
    ["well-known don't rock'n'roll", ["well-known", "don't", "rock'n'roll"]],
    ["Dr. Smith, e.g. in the U.S. today", ["Dr.", "Smith", "comma:,", "e.g.", "in", "the", "U.S.", "today"]],
    ["one—two 1990–2000 three…", ["one", "comma:—", "two", "1990–2000", "three", "sentence:…"]],
    ["¿Qué tal?", ["Qué", "tal", "sentence:?"]],
    [" \n\t ", []],
    ["- * & #", ["*", "&", "#"]],
  ])("reads %j", (text, tokens) => {
    expect(read(text)).toEqual(tokens);
  });

  it("finds words where no blanks are written", () => {
    expect(read("今天、我们去公园。", "zh-CN")).toEqual([
      "今天",
      "enumeration:、",
      "我们",
      "去",
      "公园",
      "sentence:。",
    ]);
  });

  it("invents nothing: every word and pause stands in the text, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        let from = 0;
        for (const token of tokenize(text, "en-US").filter(({ kind }) => kind === "word")) {
          const at = text.indexOf(token.text, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + token.text.length;
        }
      }),
    );
  });

  it("loses no letter and no digit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const kept = tokenize(text, "en-US")
          .map((token) => token.text)
          .join("");

        expect(kept.replaceAll(/[^\p{L}\p{N}]/gu, "")).toBe(text.replaceAll(/[^\p{L}\p{N}]/gu, ""));
      }),
    );
  });
});
