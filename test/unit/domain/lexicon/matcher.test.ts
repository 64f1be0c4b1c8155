import { describe, expect, it } from "vitest";
import { compileMatcher } from "../../../../src/domain/lexicon/matcher.ts";
import type { LexiconEntry } from "../../../../src/domain/lexicon/lexicon-entry.ts";
import { entryOf } from "../../../support/lexicon/entries.ts";

/** What is found, as `text → alias of the preferred entry`. */
function found(text: string, entries: readonly LexiconEntry[], locale = "en-US"): readonly string[] {
  return compileMatcher([entries], locale)
    .findAll(text)
    .map(({ start, end, candidates }) => {
      const spoken = candidates[0]?.pronunciation;
      return `${text.slice(start, end)} → ${spoken?.kind === "alias" ? spoken.alias : "?"}`;
    });
}

describe("matching graphemes", () => {
  it("prefers the leftmost match and then the longest", () => {
    const entries = [
      entryOf("New York", "city"),
      entryOf("New York Times", "paper"),
      entryOf("Times", "multiply"),
    ];

    expect(found("The New York Times of New York", entries)).toEqual([
      "New York Times → paper",
      "New York → city",
    ]);
  });

  it("reports UTF-16 offsets into the text as given", () => {
    const text = "😀 cafe\u0301 SQL";

    const matches = compileMatcher([[entryOf("café", "coffee"), entryOf("SQL", "sequel")]], "en-US").findAll(
      text,
    );

    expect(matches.map(({ start, end }) => text.slice(start, end))).toEqual(["cafe\u0301", "SQL"]);
  });

  it("finds composed and decomposed spellings by each other", () => {
    expect(found("Zoe\u0308 Zoë", [entryOf("zoë", "a")])).toEqual(["Zoe\u0308 → a", "Zoë → a"]);
    expect(found("Zoë", [entryOf("zoe\u0308", "a")])).toEqual(["Zoë → a"]);
  });

  it("does not cut an accent off its letter", () => {
    expect(found("résumé resume\u0301", [entryOf("resume", "a", { wholeWord: false })])).toEqual([]);
  });

  it("treats ß, ẞ and SS alike where case does not matter", () => {
    expect(found("Straße STRASSE STRAẞE", [entryOf("strasse", "a")], "de-DE")).toHaveLength(3);
    expect(found("Straße", [entryOf("s", "x", { wholeWord: false, caseSensitive: true })])).toEqual([]);
  });

  it("pairs i with İ and ı with I in Turkish, and i with I elsewhere", () => {
    const entries = [entryOf("ilk", "a"), entryOf("ışık", "b")];

    expect(found("İLK ILK IŞIK", entries, "tr-TR")).toEqual(["İLK → a", "IŞIK → b"]);
    expect(found("İLK ILK IŞIK", entries, "en-US")).toEqual(["ILK → a"]);
  });

  it("minds case where the entry says so, and prefers that entry", () => {
    const entries = [entryOf("us", "we"), entryOf("US", "U S", { caseSensitive: true })];

    expect(found("us US Us", entries)).toEqual(["us → we", "US → U S", "Us → we"]);
  });

  it("lets any white space stand for the blank of a phrase", () => {
    expect(found("New\n\t York and New\u00A0York", [entryOf("new york", "a")])).toHaveLength(2);
  });

  it("sees through typographic apostrophes, hyphens and soft hyphens", () => {
    const entries = [entryOf("o'clock", "a"), entryOf("e-mail", "b"), entryOf("Azure", "c")];

    expect(found("o’clock e‑mail Az\u00ADure", entries)).toEqual([
      "o’clock → a",
      "e‑mail → b",
      "Az\u00ADure → c",
    ]);
  });

  it("does nothing with disabled entries and those of other locales", () => {
    const entries = [entryOf("a", "x", { enabled: false }), entryOf("b", "x", { locale: "de-DE" })];

    expect(found("a b", entries, "de-AT")).toEqual([]);
  });

  it("prefers de-AT to de and de to every locale", () => {
    const entries = [
      entryOf("Jänner", "any"),
      entryOf("Jänner", "german", { locale: "de" }),
      entryOf("Jänner", "austrian", { locale: "de-AT" }),
    ];

    expect(found("Jänner", entries, "de-AT")).toEqual(["Jänner → austrian"]);
    expect(found("Jänner", entries, "de-CH")).toEqual(["Jänner → german"]);
    expect(found("Jänner", entries, "en-GB")).toEqual(["Jänner → any"]);
  });

  it("prefers the lexicon that is named first", () => {
    const matcher = compileMatcher(
      [[entryOf("API", "first")], [entryOf("API", "second", { locale: "en-US", caseSensitive: true })]],
      "en-US",
    );

    const [match] = matcher.findAll("API");

    expect(match?.candidates.map(({ id }) => id)).toEqual(["lex_API_first", "lex_API_second"]);
  });

  it("does not look at an alias again, so that entries cannot nest", () => {
    const entries = Array.from({ length: 200 }, (_, index) => entryOf(`w${index}`, `w${index + 1}`));

    expect(found("w0 w7", entries)).toEqual(["w0 → w1", "w7 → w8"]);
  });

  it("finds nothing in an empty text and with no entries", () => {
    expect(found("", [entryOf("a", "b")])).toEqual([]);
    expect(found("text", [])).toEqual([]);
  });
});

describe("a whole word", () => {
  it.each([
    ["cat", "The cat. cats concat cat", 2],
    ["API", "APIs API's l'API", 1],
    ["can", "can't can", 1],
    ["SQL", "SQL-based NoSQL, SQL.", 2],
    ["3", "3.14 1,3 v3 3", 1],
    ["C++", "C++ is C++, C++11", 3],
    [".NET", "a .NET app, ASP.NET", 1],
    ["&", "R&D & co", 2],
    ["snake", "snake_case snake", 1],
  ])("%s occurs in %s %i times", (grapheme, text, count) => {
    expect(found(text, [entryOf(grapheme, "x")])).toHaveLength(count);
  });

  it("may stand before a possessive s", () => {
    expect(found("Nguyen's and Nguyen’s", [entryOf("Nguyen", "win")])).toHaveLength(2);
  });

  it("may follow an elided article in French, but not stand inside aujourd'hui", () => {
    const entries = [entryOf("API", "a", { locale: "fr" }), entryOf("hui", "b", { locale: "fr" })];

    expect(found("l'API d’API aujourd'hui", entries, "fr-FR")).toEqual(["API → a", "API → a"]);
  });

  it("may stand before a suffix in Turkish", () => {
    expect(found("Ankara'nın", [entryOf("Ankara", "a")], "tr-TR")).toHaveLength(1);
  });

  it("is not asked for in scripts that write no blanks", () => {
    expect(found("我在长城上", [entryOf("长城", "a")], "zh-CN")).toHaveLength(1);
    expect(found("ฉันรักกรุงเทพมาก", [entryOf("กรุงเทพ", "a")], "th-TH")).toHaveLength(1);
    expect(found("iPhoneを買う", [entryOf("iPhone", "a")], "ja-JP")).toHaveLength(1);
  });

  it("is asked for in katakana", () => {
    expect(found("アイス", [entryOf("アイ", "a")], "ja-JP")).toEqual([]);
  });
});
