import { describe, expect, it } from "vitest";
import type { OpenAiConnection, OpenAiCredential } from "../../../src/adapters/openai/openai-client.ts";
import { OpenAiPronunciationSuggester } from "../../../src/adapters/openai/openai-pronunciation-suggester.ts";
import { OpenAiSpeechSynthesizer } from "../../../src/adapters/openai/openai-speech-synthesizer.ts";
import { OpenAiTranscriber } from "../../../src/adapters/openai/openai-transcriber.ts";
import { ServiceError } from "../../../src/domain/errors/service-error.ts";
import { type BareCall, startBareServer } from "../../support/bare-server.ts";

const never = () => new AbortController().signal;

/** Every feature of Azure OpenAI that the app uses. */
const CALLS: Readonly<Record<string, (connection: OpenAiConnection) => Promise<unknown>>> = {
  speech: async (connection) => {
    const speech = new OpenAiSpeechSynthesizer({ ...connection, deployment: "speaker" });
    const stream = await speech.synthesize(
      {
        ssml: "<speak/>",
        outputFormat: "raw-24khz-16bit-mono-pcm",
        target: { kind: "openai", text: "Hello.", speed: 1 },
        voiceName: "alloy",
      },
      never(),
    );
    return new Response(stream).arrayBuffer();
  },
  transcription: (connection) =>
    new OpenAiTranscriber({ ...connection, deployment: "writer", usdPerMinute: 0 }).transcribe(
      { fileName: "a.wav", bytes: new Uint8Array(4), contentType: "audio/wav" },
      "en-US",
    ),
  suggestions: (connection) =>
    new OpenAiPronunciationSuggester({ ...connection, deployment: "chatter" }).suggest(
      ["GraphQL"],
      "en-US",
      never(),
    ),
};

const ANSWER = JSON.stringify({ text: "Hello.", choices: [{ message: { content: '{"suggestions":[]}' } }] });

async function sentBy(
  call: (connection: OpenAiConnection) => Promise<unknown>,
  credential: () => Promise<OpenAiCredential>,
  times = 1,
): Promise<readonly BareCall[]> {
  await using server = await startBareServer((_call, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(ANSWER);
  });
  const connection = { endpoint: server.url, credential, timeoutMs: 5_000 };
  for (let count = 0; count < times; count += 1) {
    await call(connection);
  }
  return server.calls;
}

describe.each(Object.entries(CALLS))("%s of Azure OpenAI", (_name, call) => {
  it("sends a key in the header for keys, and in no other", async () => {
    const [sent] = await sentBy(call, async () => ({ kind: "key", key: "the-key" }));

    expect(sent?.headers["api-key"]).toBe("the-key");
    expect(sent?.headers.authorization).toBeUndefined();
  });

  it("sends a token of Entra ID as bearer, and no key", async () => {
    const [sent] = await sentBy(call, async () => ({ kind: "token", token: "the-token" }));

    expect(sent?.headers.authorization).toBe("Bearer the-token");
    expect(sent?.headers["api-key"]).toBeUndefined();
  });

  it("fails as the credential does, before anything is sent", async () => {
    const missing = new ServiceError("secret-unavailable", "The secret openai-key cannot be read.");

    const attempt = sentBy(call, () => Promise.reject(missing));

    await expect(attempt).rejects.toBe(missing);
  });
});

describe("a credential of Azure OpenAI", () => {
  it("that was rotated is what the next call of the same client sends", async () => {
    const keys = ["first", "first", "second"];
    const synthesizers = new Map<OpenAiConnection, OpenAiPronunciationSuggester>();

    const calls = await sentBy(
      (connection) => {
        const suggester =
          synthesizers.get(connection) ??
          new OpenAiPronunciationSuggester({ ...connection, deployment: "chatter" });
        synthesizers.set(connection, suggester);
        return suggester.suggest(["GraphQL"], "en-US", never());
      },
      async () => ({ kind: "key", key: keys.shift() ?? "" }),
      3,
    );

    expect(calls.map(({ headers }) => headers["api-key"])).toEqual(["first", "first", "second"]);
  });
});
