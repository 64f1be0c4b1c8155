import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import { startOpenAi } from "../../../local/openai/start-openai.ts";
import { OpenAiSpeechSynthesizer } from "../../../src/adapters/openai/openai-speech-synthesizer.ts";
import type { SynthesisRequest } from "../../../src/application/ports/speech-synthesizer.ts";
import { recordingSpeak } from "../../support/fake-speak.ts";

const speaker = recordingSpeak();
let openAi: Awaited<ReturnType<typeof startOpenAi>>;

beforeAll(async () => {
  openAi = await startOpenAi({
    port: 0,
    key: "openai-key",
    control: createControl(),
    speak: speaker.speak,
  });
});

afterAll(async () => {
  await openAi.close();
});

function synthesizerWith(key: string, deployment = "gpt-4o-mini-tts") {
  return new OpenAiSpeechSynthesizer({
    endpoint: openAi.url,
    credential: async () => ({ kind: "key", key }),
    deployment,
    timeoutMs: 5_000,
  });
}

const request: SynthesisRequest = {
  ssml: "<speak/>",
  outputFormat: "raw-24khz-16bit-mono-pcm",
  target: { kind: "openai", text: "Hello you.", speed: 1.5 },
  voiceName: "alloy",
};
const never = () => new AbortController().signal;

describe("OpenAI speech", () => {
  it("streams the audio of the plain text", async () => {
    const stream = await synthesizerWith("openai-key").synthesize(request, never());

    expect(await new Response(stream).text()).toBe("first second");
    expect(speaker.requests.at(-1)?.outputFormat).toBe("raw-24khz-16bit-mono-pcm");
    expect(speaker.requests.at(-1)?.ssml).toContain("Hello you.");
  });

  it("gives audio and no words when events are asked for", async () => {
    const kinds: string[] = [];

    for await (const { kind } of synthesizerWith("openai-key").synthesizeWithEvents(request, never())) {
      kinds.push(kind);
    }

    expect(new Set(kinds)).toEqual(new Set(["audio"]));
  });

  it("sends instructions, which a model that takes none refuses by name", async () => {
    const instructed: SynthesisRequest = {
      ...request,
      target: { kind: "openai", text: "Hello you.", speed: 1, instructions: "Whisper." },
    };

    const stream = await synthesizerWith("openai-key").synthesize(instructed, never());
    const attempt = synthesizerWith("openai-key", "tts-1").synthesize(instructed, never());

    expect(await new Response(stream).text()).toBe("first second");
    await expect(attempt).rejects.toMatchObject({
      code: "request-invalid",
      errors: [{ field: "instructions" }],
    });
  });

  interface Change {
    readonly apiKey?: string;
    readonly deployment?: string;
    readonly voiceName?: string;
    readonly outputFormat?: string;
    readonly text?: string;
    readonly speed?: number;
  }

  it.each<[string, Change, string]>([
    ["a wrong key", { apiKey: "wrong" }, "speech-unauthorized"],
    ["an unknown deployment", { deployment: "nothing" }, "speech-unauthorized"],
    ["an unknown voice", { voiceName: "nobody" }, "voice-not-found"],
    ["a text that is too long", { text: "a".repeat(5_000) }, "request-invalid"],
    ["a speed that it does not take", { speed: 9 }, "request-invalid"],
    ["a format that it does not make", { outputFormat: "raw-8khz-8bit-mono-mulaw" }, "format-unsupported"],
  ])("refuses %s", async (...[, change, code]) => {
    const { apiKey = "openai-key", deployment, text = "Hello you.", speed = 1, ...asked } = change;
    const synthesizer = synthesizerWith(apiKey, deployment);
    const target = { kind: "openai", text, speed } as const;

    const attempt = synthesizer.synthesize({ ...request, ...asked, target }, never());

    await expect(attempt).rejects.toMatchObject({ code });
  });
});
