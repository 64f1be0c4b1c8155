import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { type RunningSpeech, startSpeech } from "../../../local/speech/start-speech.ts";
import type { SpeechCredential } from "../../../src/adapters/azure-speech/azure-speech-connection.ts";
import { SdkSynthesis } from "../../../src/adapters/azure-speech/sdk-synthesis.ts";
import { SPEECH_KEY, spoken } from "../speech/speech-client.ts";

const KEY: SpeechCredential = { kind: "key", key: SPEECH_KEY };
const REQUEST = {
  ssml: spoken("A sentence that nobody waits for."),
  outputFormat: "raw-24khz-16bit-mono-pcm",
  target: { kind: "standard" },
  voiceName: "en-US-AvaMultilingualNeural",
  visemes: false,
} as const;

let speech: RunningSpeech;

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state: noCustomVoices });
});

afterAll(() => speech.close());

describe("a synthesis with events", () => {
  it("ends when its listener hangs up while the credential is being fetched", async () => {
    const credential = Promise.withResolvers<SpeechCredential>();
    const asked = Promise.withResolvers<void>();
    const synthesis = new SdkSynthesis(
      {
        region: "local",
        standardUrl: speech.url,
        deploymentUrl: `${speech.url}/voice`,
        credential: () => {
          asked.resolve();
          return credential.promise;
        },
      },
      { firstByteMs: 10_000, idleMs: 10_000 },
    );
    const listener = new AbortController();

    const started = synthesis.start(REQUEST, listener.signal);
    await asked.promise;
    listener.abort(new Error("gone"));
    credential.resolve(KEY);

    await expect(started).rejects.toThrow("gone");
    synthesis.close();
  });
});
