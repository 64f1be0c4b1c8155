import { describe, expect, it } from "vitest";
import type { Alphabet } from "../../../../src/domain/lexicon/alphabet.ts";
import { checkPhones, phonesAreLegal } from "../../../../src/domain/lexicon/phones/check-phones.ts";

/** `phone@offset → suggestion` of each issue. */
function issues(phoneme: string, alphabet: Alphabet, locale: string): readonly string[] {
  return checkPhones({ phoneme, alphabet }, locale).map(
    ({ phone, offset, suggestion }) => `${phone}@${offset} → ${suggestion ?? "?"}`,
  );
}

describe("phones in IPA", () => {
  it.each([
    ["en-US", "təˈmeɪ.toʊ"],
    ["en-US", "bɛˈniːnji"],
    ["en-US", "ˈdʒɝni"],
    ["en-US", "ʤoʊ"],
    ["de-DE", "ˈʃtʁaːsə"],
    ["de-DE", "ɪç"],
    ["de-DE", "ic\u0327"],
    ["de-AT", "pfɛɐt"],
    ["fr-FR", "bɔ̃.ʒuʁ"],
    ["es-ES", "ˈpe.ro"],
    ["it-IT", "ˈpit.tsa"],
    ["pt-BR", "sɐ̃w̃"],
    ["pt-BR", "bõ"],
    ["ja-JP", "toːkjoː"],
    ["*", "ɬǃʰa˥"],
  ])("of %s may be %s", (locale, phoneme) => {
    expect(phonesAreLegal({ phoneme, alphabet: "ipa" }, locale)).toBe(true);
  });

  it.each([
    ["en-US", "rɛd", "r@0 → ɹ"],
    ["en-US", "ʁuʒ", "ʁ@0 → ɹ"],
    ["en-US", "he", "e@1 → eɪ"],
    ["en-US", "t͡ʃɪn", "t͡ʃ@0 → tʃ"],
    ["en-US", "tʰɪn", "tʰ@0 → t"],
    ["de-DE", "θɪŋ", "θ@0 → f"],
    ["fr-FR", "hɛ", "h@0 → ʁ"],
    ["es-ES", "ˈkasə", "ə@4 → e"],
    ["it-IT", "ˈɹoma", "ɹ@1 → r"],
    ["pt-BR", "aˈro", "r@2 → ɾ"],
  ])("of %s may not be %s", (locale, phoneme, issue) => {
    expect(issues(phoneme, "ipa", locale)).toEqual([issue]);
  });

  it("are told from look-alikes on the keyboard", () => {
    expect(issues("he'l@U", "ipa", "*")).toEqual(["'@2 → ˈ", "@@4 → ə", "U@5 → ʊ"]);
    expect(issues("日", "ipa", "ja-JP")).toEqual(["日@0 → ?"]);
  });

  it("have their place counted in the phonemes as written", () => {
    expect(issues("ˈɡoːrʊ", "ipa", "en-US")).toEqual(["oː@2 → oʊ", "r@4 → ɹ"]);
  });
});

describe("phones in X-SAMPA", () => {
  it("are checked by the IPA that they stand for, and suggested in X-SAMPA", () => {
    expect(issues('t@"meItoU', "x-sampa", "en-US")).toEqual([]);
    expect(issues("rEd", "x-sampa", "en-US")).toEqual(["r@0 → r\\"]);
    expect(issues("b_<a", "x-sampa", "*")).toEqual([]);
    expect(issues("é", "x-sampa", "*")).toEqual(["é@0 → ?"]);
    expect(issues("bO~ZuR", "x-sampa", "fr-FR")).toEqual([]);
  });
});

describe("phones in UPS", () => {
  it("stand between blanks, in capitals", () => {
    expect(issues("H EH . L O S1", "ups", "en-US")).toEqual([]);
    expect(issues("H eh", "ups", "en-US")).toEqual(["eh@2 → EH"]);
    expect(issues("Z UX", "ups", "*")).toHaveLength(1);
  });

  it("are checked by the IPA that they stand for where a locale lists no labels", () => {
    expect(issues("B ON ZH U RH", "ups", "fr-FR")).toEqual(["ON@2 → OX"]);
    expect(issues("TH IH NG", "ups", "de-DE")).toEqual(["TH@0 → F"]);
  });
});

describe("phones in SAPI", () => {
  it("come from the locale's own list", () => {
    expect(issues("h eh - l ow 1", "sapi", "en-US")).toEqual([]);
    expect(issues("h eh - l owe 1", "sapi", "en-US")).toEqual(["owe@9 → ow"]);
    expect(issues("ll a - m a", "sapi", "es-ES")).toEqual([]);
    expect(issues("^ a 1 x t", "sapi", "de-DE")).toEqual([]);
    expect(issues("b on zh uw r", "sapi", "fr-FR")).toEqual([]);
  });

  it("are refused as a whole where no voice takes them", () => {
    expect(checkPhones({ phoneme: "a b", alphabet: "sapi" }, "it-IT")).toEqual([
      { offset: 0, length: 3, phone: "a b", problem: "alphabet-not-in-locale" },
    ]);
  });

  it("are taken as they are where the list is not known", () => {
    expect(issues("ni 2 - hao 3", "sapi", "zh-CN")).toEqual([]);
  });
});
