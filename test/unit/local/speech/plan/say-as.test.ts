import { describe, expect, it } from "vitest";
import { sayAs } from "../../../../../local/speech/plan/say-as.ts";

function say(
  interpretAs: string,
  text: string,
  { format, locale = "en-US" }: { format?: string; locale?: string } = {},
): string {
  const { kind, ...spoken } = sayAs(text, { interpretAs, format, locale });
  return kind === "text" && "text" in spoken ? spoken.text : kind;
}

describe("say-as", () => {
  it.each([
    ["characters", "AB1", "characters"],
    ["spell-out", "AB1", "characters"],
    ["telephone", "+1 (555) 0123", "+ 1 5 5 5 0 1 2 3"],
    ["number_digit", "2026", "2 0 2 6"],
    ["ordinal", "1", "1st"],
    ["ordinal", "12", "12th"],
    ["ordinal", "22", "22nd"],
    ["ordinal", "many", "many"],
    ["fraction", "3/8", "3 8ths"],
    ["fraction", "1/2", "1 half"],
    ["fraction", "three", "three"],
    ["duration", "01:18:30", "1 hour 18 minutes 30 seconds"],
    ["duration", "soon", "soon"],
    ["currency", "99.90 USD", "99.90 US dollars"],
    ["currency", "a lot", "a lot"],
    ["cardinal", "12", "12"],
    ["no-such-thing", "12", "12"],
  ])("%s of %j is read %j", (interpretAs, text, spoken) => {
    expect(say(interpretAs, text)).toBe(spoken);
  });

  it.each([
    ["24-12-2026", "dmy", "December 24, 2026"],
    ["12/24/2026", "mdy", "December 24, 2026"],
    ["2026-12-24", undefined, "December 24, 2026"],
    ["12/24", "md", "December 24"],
    ["2026", "y", "2026"],
    ["24-12-2026", "mdy", "24-12-2026"],
    ["tomorrow", "dmy", "tomorrow"],
  ])("date %j of format %j is read %j", (text, format, spoken) => {
    expect(say("date", text, format === undefined ? {} : { format })).toBe(spoken);
  });

  it.each([
    ["4:00pm", "hms12", "4:00 PM"],
    ["16:05", "hms24", "16:05"],
    ["12:30am", undefined, "12:30 AM"],
    ["noon", undefined, "noon"],
  ])("time %j of format %j is read %j", (text, format, spoken) => {
    expect(say("time", text, format === undefined ? {} : { format }).replaceAll("\u202F", " ")).toBe(spoken);
  });

  it("follows the locale", () => {
    expect(say("date", "24-12-2026", { format: "dmy", locale: "de-DE" })).toBe("24. Dezember 2026");
    expect(say("ordinal", "3", { locale: "de-DE" })).toBe("3.");
  });
});
