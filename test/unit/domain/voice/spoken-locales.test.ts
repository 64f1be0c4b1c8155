import { describe, expect, it } from "vitest";
import { PROFESSIONAL, voiceWith } from "../../../support/voices/voice-fixtures.ts";
import { spokenLocales } from "../../../../src/domain/voice/spoken-locales.ts";

describe("the locales that a voice can speak", () => {
  it("are all of its base model when it is personal, its own first and each once", () => {
    const locales = spokenLocales(voiceWith({ kind: "personal", locale: "de-DE" }));

    expect(locales.slice(0, 2)).toEqual(["de-DE", "am-ET"]);
    expect(locales).toContain("fil-PH");
    expect(locales).toHaveLength(65);
    expect(new Set(locales).size).toBe(65);
  });

  it("hold its own also where that is a preview of Azure's", () => {
    expect(spokenLocales(voiceWith({ kind: "personal", locale: "cy-GB" }))[0]).toBe("cy-GB");
  });

  it("are the one that its model was trained for when it is professional", () => {
    expect(spokenLocales(voiceWith({ kind: "professional", locale: "ja-JP" }))).toEqual(["ja-JP"]);
  });

  it("are also those that Azure names for its model", () => {
    const professional = { ...PROFESSIONAL, secondaryLocales: ["de-DE", "ja-JP", "en-US"] };

    expect(spokenLocales(voiceWith({ kind: "professional", locale: "ja-JP", professional }))).toEqual([
      "ja-JP",
      "de-DE",
      "en-US",
    ]);
  });
});
