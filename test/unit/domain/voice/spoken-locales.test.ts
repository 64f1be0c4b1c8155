import { describe, expect, it } from "vitest";
import { spokenLocales } from "../../../../src/domain/voice/spoken-locales.ts";

describe("the locales that a voice can speak", () => {
  it("are all of its base model when it is personal, its own first and each once", () => {
    const locales = spokenLocales({ kind: "personal", locale: "de-DE" });

    expect(locales.slice(0, 2)).toEqual(["de-DE", "am-ET"]);
    expect(locales).toContain("fil-PH");
    expect(locales).toHaveLength(65);
    expect(new Set(locales).size).toBe(65);
  });

  it("hold its own also where that is a preview of Azure's", () => {
    expect(spokenLocales({ kind: "personal", locale: "cy-GB" })[0]).toBe("cy-GB");
  });

  it("are the one that its model was trained for when it is professional", () => {
    expect(spokenLocales({ kind: "professional", locale: "ja-JP" })).toEqual(["ja-JP"]);
  });
});
