import { describe, expect, it } from "vitest";
import type { ResolvedVoice } from "../../../../src/application/ports/voice-resolver.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;
const ALLOY: Partial<ResolvedVoice> = { kind: "openai", voiceName: "alloy", family: "openai" };

function openAi() {
  const synthesizer = recordingSynthesizer(() => [silence(10)]);
  return { synthesizer, ...speakingWith(synthesizer, { voice: ALLOY }) };
}

describe("an OpenAI voice", () => {
  it.each([
    [{ instructions: "Whisper." }, { speed: 1, instructions: "Whisper." }],
    [{ style: { style: "cheerful" } }, { speed: 1, instructions: "Speak in a cheerful style." }],
    [
      { instructions: "Whisper.", style: { style: "sad", rate: "+50%" } },
      { speed: 1.5, instructions: "Whisper.\nSpeak in a sad style." },
    ],
    [{}, { speed: 1 }],
  ])("is told the wishes %j beside the text, and nothing is warned of", async (wishes, told) => {
    const { speak, synthesizer } = openAi();

    const { prepared } = await speak(SPEAKER, asking("Hello", { ...wishes, strict: true }), never());

    expect(synthesizer.requests[0]?.target).toEqual({ kind: "openai", text: "Hello", ...told });
    expect(prepared.warnings).toEqual([]);
  });

  it("warns of what it does not obey", async () => {
    const { speak } = openAi();

    const style = { style: "sad", styleDegree: 2, pitch: "high" };
    const { prepared } = await speak(SPEAKER, asking("Hello", { style }), never());

    expect(prepared.warnings.map(({ code }) => code)).toEqual(["style-unsupported", "element-unsupported"]);
  });

  it("speaks anew for other instructions, and from the cache for the same", async () => {
    const { speak, synthesizer } = openAi();
    const spoken = async (instructions: string) => {
      const { cache, kept } = await speak(SPEAKER, asking("Hello", { instructions }), never());
      await kept;
      return cache;
    };

    const outcomes = [await spoken("Whisper."), await spoken("Shout."), await spoken("Whisper.")];

    expect(outcomes).toEqual(["miss", "miss", "hit"]);
    expect(synthesizer.requests).toHaveLength(2);
  });
});

describe("a voice of Azure Speech", () => {
  it("refuses instructions by name", async () => {
    const synthesizer = recordingSynthesizer(() => [silence(10)]);

    const attempt = speakingWith(synthesizer).speak(
      SPEAKER,
      asking("Hello", { instructions: "Whisper." }),
      never(),
    );

    await expect(attempt).rejects.toMatchObject({
      code: "request-invalid",
      errors: [{ field: "instructions", message: "is for openai: voices; use style with this one" }],
    });
    expect(synthesizer.requests).toEqual([]);
  });
});
