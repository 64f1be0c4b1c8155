import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { respell } from "../../../../local/openai/respell.ts";

describe("a respelling", () => {
  it.each([
    ["SQL", "S Q L"],
    ["PostgreSQL", "pos-tgre S Q L"],
    ["kubernetes", "ku-ber-ne-tes"],
    ["GraphQL", "graph Q L"],
    ["H2O", "H 2 O"],
    ["HTTPServer", "H T T P ser-ver"],
    ["!", "!"],
  ])("of %s is %s", (word, alias) => {
    expect(respell(word)).toBe(alias);
  });

  it("is never empty", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (word) => {
        expect(respell(word).length).toBeGreaterThan(0);
      }),
    );
  });
});
