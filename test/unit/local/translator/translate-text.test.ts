import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectLanguage } from "../../../../local/translator/detect-language.ts";
import { translateText } from "../../../../local/translator/translate-text.ts";

function tagsOf(html: string): readonly string[] {
  return html.match(/<!--.*?-->|<[^>]*>|&\w+;/g) ?? [];
}

const plain = { isHtml: false, from: "en", to: "de" } as const;

describe("a translated text", () => {
  it.each([
    ["Hello", "Hallo"],
    ["  good morning!", "  guten morgen!"],
    ["Hello and goodbye", "Hallo und auf wiedersehen"],
    ["Two voice 12", "Zwei stimme 12"],
    ["umbrella", "[de] umbrella"],
    ["", ""],
    ["12, 13!", "12, 13!"],
  ])("%j becomes %j", (text, expected) => {
    expect(translateText({ ...plain, text })).toBe(expected);
  });

  it("finds its way between two languages that are not English", () => {
    expect(translateText({ text: "Merci", isHtml: false, from: "fr", to: "it" })).toBe("Grazie");
  });

  it("is marked exactly when something of it was not translated", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("hello", "Voice", "umbrella", "12", "…")), (words) => {
        const translated = translateText({ ...plain, text: words.join(" ") });

        expect(translated.startsWith("[de] ")).toBe(words.includes("umbrella"));
      }),
    );
  });

  it("keeps every tag of HTML", () => {
    const tag = fc.constantFrom("<b>", "</b>", `<a href="hello">`, "<br/>", "<!-- hello -->", "&amp;");
    fc.assert(
      fc.property(fc.array(fc.oneof(tag, fc.constantFrom("hello", " ", "umbrella"))), (parts) => {
        const text = parts.join("");
        const translated = translateText({ ...plain, text, isHtml: true });

        expect(tagsOf(translated)).toEqual(tagsOf(text));
      }),
    );
  });
});

describe("a detected language", () => {
  it("always has a score from 0 to 1", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const { score } = detectLanguage(text);

        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });
});
