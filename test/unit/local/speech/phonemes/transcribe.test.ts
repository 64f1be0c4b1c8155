import { describe, expect, it } from "vitest";
import { transcribe } from "../../../../../local/speech/phonemes/transcribe.ts";
import { xSampaToIpa } from "../../../../../local/speech/phonemes/x-sampa.ts";

describe("transcriptions", () => {
  it.each([
    ["ipa", "təˈmeɪ.toʊ", ["t", "ə", "ˈ", "m", "eɪ", "t", "oʊ"]],
    [undefined, "iː", ["i", "ː"]],
    ["ipa", "t͡ʃɪp", ["tʃ", "ɪ", "p"]],
    ["ipa", "ɡarˈsɔ̃", ["ɡ", "a", "r", "ˈ", "s", "ɔ"]],
    ["ipa", "ɪç", ["ɪ", "ç"]],
    ["x-sampa", 't@"meItoU', ["t", "ə", "ˈ", "m", "eɪ", "t", "oʊ"]],
    ["x-sampa", "r\\`3`", ["ɻ", "ɝ"]],
  ])("in %s %j are phones", (alphabet, ph, phones) => {
    expect(transcribe(alphabet, ph)).toEqual({ kind: "phones", phones });
  });

  it.each([
    ["ipa", "t7", "unknown-phone"],
    ["ipa", "", "unknown-phone"],
    ["x-sampa", "$", "unknown-phone"],
    ["sapi", "h eh", "unsupported-alphabet"],
    ["x-microsoft-ups", "h eh", "unsupported-alphabet"],
    ["arpabet", "HH", "unknown-alphabet"],
  ])("in %s %j are refused as %s", (alphabet, ph, kind) => {
    expect(transcribe(alphabet, ph)).toEqual({ kind });
  });

  it("of X-SAMPA become IPA, the longest symbol first", () => {
    expect(xSampaToIpa('"hE_l@U')).toBe("ˈhɛləʊ");
  });
});
