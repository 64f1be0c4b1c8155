import { describe, expect, it } from "vitest";
import { knownLocale } from "../../../../src/domain/speech/known-locale.ts";

const LOCALES = ["en-US", "de-AT", "de-CH", "de-DE", "zh-TW", "zh-CN", "sr-RS"];

describe("the locale of a voice that a tag stands for", () => {
  it.each([
    ["de-AT", "de-AT"],
    ["DE-at", "de-AT"],
    ["de", "de-DE"],
    ["zh-Hans", "zh-CN"],
    ["zh-Hant", "zh-TW"],
    ["sr-Latn", "sr-RS"],
    ["de-LI", undefined],
    ["zz-ZZ", undefined],
    ["fr", undefined],
    ["de-1", undefined],
  ])("for %s is %s", (wanted, known) => {
    expect(knownLocale(wanted, LOCALES)).toBe(known);
  });
});
