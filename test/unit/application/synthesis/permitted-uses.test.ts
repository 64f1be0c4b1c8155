import { describe, expect, it } from "vitest";
import type { VoiceUse } from "../../../../src/domain/voice/voice-use.ts";
import { SPEAKER } from "../../../support/catalog-voice.ts";
import { recordingSynthesizer, silence } from "../../../support/recording-synthesizer.ts";
import { asking, speakingWith } from "../../../support/speaking.ts";

const never = () => new AbortController().signal;

function restrictedTo(...permittedUses: readonly VoiceUse[]) {
  const synthesizer = recordingSynthesizer(() => [silence(10)]);
  return { synthesizer, ...speakingWith(synthesizer, { voice: { permittedUses } }) };
}

describe("a voice with permitted uses", () => {
  it.each([
    ["no use", undefined],
    ["another use", "marketing"],
  ] as const)("does not speak for %s, and the speech service hears nothing of it", async (_, use) => {
    const { speak, synthesizer } = restrictedTo("education", "accessibility");

    const attempt = speak(SPEAKER, asking("Hello", { use }), never());

    await expect(attempt).rejects.toMatchObject({
      code: "voice-use-not-permitted",
      errors: [{ field: "use", message: "must be one of education, accessibility" }],
    });
    expect(synthesizer.requests).toEqual([]);
  });

  it("speaks for a permitted use, which stands in the history", async () => {
    const { speak, records } = restrictedTo("education");

    const { id, kept } = await speak(SPEAKER, asking("Hello", { use: "education" }), never());
    await kept;

    expect(await records.read(SPEAKER.id, id)).toMatchObject({ use: "education" });
  });

  it("does not give what it said before to a request of another use", async () => {
    const { speak } = restrictedTo("education");
    await (
      await speak(SPEAKER, asking("Hello", { use: "education" }), never())
    ).kept;

    const attempt = speak(SPEAKER, asking("Hello", { use: "entertainment" }), never());

    await expect(attempt).rejects.toMatchObject({ code: "voice-use-not-permitted" });
  });

  it("does not speak when SSML names it either", async () => {
    const { speakStream } = restrictedTo("education");
    const ssml =
      '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">' +
      '<voice name="voice_1">Hello</voice></speak>';

    const attempt = speakStream(
      SPEAKER,
      asking("", { content: { kind: "ssml", value: ssml }, voice: undefined }),
      never(),
    );

    await expect(attempt).rejects.toMatchObject({ code: "voice-use-not-permitted" });
  });

  it("speaks for every use when it names none", async () => {
    const { speak, records } = restrictedTo();

    const { id, kept } = await speak(SPEAKER, asking("Hello"), never());
    await kept;

    expect(await records.read(SPEAKER.id, id)).toMatchObject({ use: null });
  });
});
