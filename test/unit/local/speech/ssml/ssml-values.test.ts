import { describe, expect, it } from "vitest";
import {
  breakStrengthMs,
  parseBreakTimeMs,
  parseSilenceMs,
} from "../../../../../local/speech/ssml/durations.ts";
import { parsePitch, parseRate, parseVolume } from "../../../../../local/speech/ssml/prosody-values.ts";
import { parseSilenceType } from "../../../../../local/speech/ssml/silence-types.ts";

describe("values of prosody", () => {
  it.each([
    ["1.5", 1.5],
    [".5", 0.5],
    ["+20%", 1.2],
    ["-50%", 0.5],
    ["20%", 1.2],
    ["x-slow", 0.5],
    ["default", 1],
    ["1.5x", undefined],
    ["constructor", undefined],
    ["", undefined],
  ])("rate %j is %j", (value, rate) => {
    expect(parseRate(value)).toBe(rate);
  });

  it.each([
    ["200Hz", 2],
    ["+50Hz", 1.5],
    ["-50hz", 0.5],
    ["+12st", 2],
    ["-12st", 0.5],
    ["50%", 1.5],
    ["high", 1.2],
    ["50", undefined],
    ["+st", undefined],
  ])("pitch %j of a voice of 100 Hz is %j times its own", (value, pitch) => {
    expect(parsePitch(value, 100)).toBe(pitch);
  });

  it.each([
    ["50", 0.5],
    ["+20", 1.2],
    ["-20%", 0.8],
    ["+20dB", 10],
    ["-200", 0],
    ["silent", 0],
    ["x-loud", 1],
    ["noisy", undefined],
  ])("volume %j is %j times the amplitude", (value, volume) => {
    expect(parseVolume(value)).toBe(volume);
  });
});

describe("durations", () => {
  it.each([
    ["500ms", 500],
    ["+2s", 2000],
    ["0.25s", 250],
    ["300", 300],
    ["60s", 20_000],
    ["-1s", undefined],
    ["1m", undefined],
  ])("break time %j is %j ms", (value, durationMs) => {
    expect(parseBreakTimeMs(value)).toBe(durationMs);
  });

  it.each([
    ["200ms", 200],
    ["1s", 1000],
    ["200", undefined],
    ["1.5s", undefined],
  ])("silence value %j is %j ms", (value, durationMs) => {
    expect(parseSilenceMs(value)).toBe(durationMs);
  });

  it("break strengths are those of the service", () => {
    const strengths = ["none", "x-weak", "weak", "medium", "strong", "x-strong", "toString"];

    expect(strengths.map(breakStrengthMs)).toEqual([0, 250, 500, 750, 1000, 1250, undefined]);
  });

  it("silence types are capitalised or in lower case", () => {
    const types = ["Leading", "comma-exact", "Comma-exact", "LEADING", "leading-Exact", "middle"];

    expect(types.map(parseSilenceType)).toEqual([
      "leading",
      "comma-exact",
      "comma-exact",
      undefined,
      undefined,
      undefined,
    ]);
  });
});
