import { describe, expect, it } from "vitest";
import { findHardWords } from "../../../../src/domain/lexicon/hard-words.ts";

function found(text: string, limit = 50): readonly string[] {
  return findHardWords(text, limit).map(({ word, hardness }) => `${word}: ${hardness}`);
}

describe("a hard word", () => {
  it.each([
    ["an acronym", "the UNESCO and R&D teams", ["UNESCO: acronym", "R&D: acronym"]],
    ["a plural of an acronym", "two APIs", ["APIs: acronym"]],
    ["of mixed case", "an iPhone with GraphQL", ["iPhone: mixed-case", "GraphQL: mixed-case"]],
    ["of letters and digits", "a B2B tool for K8s", ["B2B: letters-and-digits", "K8s: letters-and-digits"]],
    ["a name within a sentence", "we met Siobhan O'Brien", ["Siobhan: name", "O'Brien: name"]],
    ["with accents, decomposed too", "near E\u0301vreux", ["E\u0301vreux: name"]],
  ])("is %s", (_kind, text, words) => {
    expect(found(text)).toEqual(words);
  });

  it("is not what merely begins a sentence, nor what is all small, nor a number", () => {
    expect(found("Hello there. Nothing is 42 or 3.14 here!\nNext line\n“Quoted” words")).toEqual([]);
  });

  it("is named once, and no more than asked for", () => {
    expect(found("an API is an API")).toEqual(["API: acronym"]);
    expect(found("the AA BB CC DD", 2)).toHaveLength(2);
  });
});
