import { describe, expect, it } from "vitest";
import { voiceFamilyOf, voiceFeaturesOf } from "../../../../src/domain/speech/voice-family.ts";

describe("a voice's family", () => {
  it.each([
    ["en-US-AvaMultilingualNeural", "neural"],
    ["en-US-Ava:DragonHDLatestNeural", "hd"],
    ["en-US-Ava:DragonHDFlashLatestNeural", "hd"],
    ["en-US-Ava:DragonHDOmniLatestNeural", "hd-omni"],
    ["DragonHDOmniLatestNeural", "hd-omni"],
    ["DragonLatestNeural", "dragon"],
    ["DragonV2.1Neural", "dragon"],
    ["PhoenixV2Neural", "phoenix"],
    ["openai:alloy", "openai"],
  ])("of %s is %s", (voiceName, family) => {
    expect(voiceFamilyOf(voiceName)).toBe(family);
  });

  it("tells that Dragon speaks no phonemes and reports no words, and that Phoenix does both", () => {
    expect(voiceFeaturesOf("dragon")).toMatchObject({ phonemes: false, wordTimings: false });
    expect(voiceFeaturesOf("phoenix")).toMatchObject({ phonemes: true, wordTimings: true });
  });
});
