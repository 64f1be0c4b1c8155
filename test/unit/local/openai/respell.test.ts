import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { respell } from "../../../../local/openai/respell.ts";

describe("a respelling", () => {
  it.each([
    ["SQL", "S Q L", "capitals are said letter by letter."],
    [
      "PostgreSQL",
      "pos-tgre S Q L",
      "the word is cut into syllables; capitals are said letter by letter; joined words are said one by one.",
    ],
    ["kubernetes", "ku-ber-ne-tes", "the word is cut into syllables."],
    [
      "H2",
      "H 2",
      "capitals are said letter by letter; digits are said as a number; joined words are said one by one.",
    ],
    ["!", "!", "there is nothing to respell."],
  ])("of %s is %s and says why", (word, alias, reason) => {
    expect(respell(word)).toEqual({ alias, reason });
  });

  it.each([
    ["GraphQL", "graph Q L"],
    ["H2O", "H 2 O"],
    ["HTTPServer", "H T T P ser-ver"],
  ])("of %s is %s", (word, alias) => {
    expect(respell(word).alias).toBe(alias);
  });

  it("is never empty", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (word) => {
        expect(respell(word).alias.length).toBeGreaterThan(0);
      }),
    );
  });
});
