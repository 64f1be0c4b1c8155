import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningKeyVault, startKeyVault } from "../../local/key-vault/start-key-vault.ts";
import { OpenAiPronunciationSuggester } from "../../src/adapters/openai/openai-pronunciation-suggester.ts";
import type { SpeechSynthesizer } from "../../src/application/ports/speech-synthesizer.ts";
import { batchSynthesisOf } from "../../src/composition/batch-synthesis.ts";
import { openAiCredential } from "../../src/composition/cognitive-credentials.ts";
import { customVoiceOf, voicesListOf } from "../../src/composition/custom-voice.ts";
import type { Foundation } from "../../src/composition/foundation.ts";
import { speechAccess } from "../../src/composition/speech-access.ts";
import { speechServices } from "../../src/composition/speech-services.ts";
import { transcriberOf } from "../../src/composition/transcriber.ts";
import { configuredTranslator } from "../../src/composition/translation.ts";
import type { ErrorCode } from "../../src/domain/errors/catalog.ts";
import {
  batchSynthesisResource,
  customVoiceResource,
  FORMER_KEY,
  type KeyedResource,
  openAiResource,
  speechResource,
  translatorResource,
} from "../support/keyed-resources.ts";
import { foundationWithVault } from "../support/foundation-with-vault.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { wavRecording } from "../support/wav-recording.ts";

const SECRET = "the-secret";
const VOICE = "en-US-AvaMultilingualNeural";
const FORMATS = [
  "raw-16khz-16bit-mono-pcm",
  "raw-24khz-16bit-mono-pcm",
  "raw-48khz-16bit-mono-pcm",
  "audio-24khz-48kbitrate-mono-mp3",
];

interface Client {
  readonly open: () => Promise<KeyedResource>;
  /** Settings of its address, and of its key. */
  readonly settings: (url: string) => Readonly<Record<string, string>>;
  readonly key: string;
  /** Code of the refusal of a wrong key. */
  readonly refusal: ErrorCode;
  /** Gives the call; it is made again and again by the same client. */
  readonly caller: (foundation: Foundation) => () => Promise<unknown>;
}

const never = () => new AbortController().signal;

const SPEECH: Omit<Client, "caller"> = {
  open: speechResource,
  refusal: "speech-unauthorized",
  settings: (url: string) => ({ AZURE_SPEECH_HOST: url }),
  key: "AZURE_SPEECH_KEY",
};
const OPEN_AI: Omit<Client, "caller" | "refusal"> = {
  open: openAiResource,
  settings: (url: string) => ({
    AZURE_OPENAI_ENDPOINT: url,
    AZURE_OPENAI_SPEECH_DEPLOYMENT: "gpt-4o-mini-tts",
    AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: "gpt-4o-transcribe",
  }),
  key: "AZURE_OPENAI_API_KEY",
};

function requestOf(outputFormat: string) {
  return {
    ssml: `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"><voice name="${VOICE}">Hello.</voice></speak>`,
    outputFormat,
    target: { kind: "standard" },
    voiceName: VOICE,
    visemes: false,
  } as const;
}

/** Fails when the words are missing: the synthesis must not fall back to audio alone. */
async function wordsOf(synthesizer: SpeechSynthesizer, outputFormat: string): Promise<readonly string[]> {
  const kinds: string[] = [];
  for await (const { kind } of synthesizer.synthesizeWithEvents(requestOf(outputFormat), never())) {
    kinds.push(kind);
  }
  expect(kinds).toContain("word");
  return kinds;
}

const CLIENTS: Readonly<Record<string, Client>> = {
  "speech over REST": {
    ...SPEECH,
    caller(foundation) {
      const synthesizer = speechServices(foundation, speechAccess(foundation));
      const request = requestOf("raw-24khz-16bit-mono-pcm");
      return async () => new Response(await synthesizer.synthesize(request, never())).arrayBuffer();
    },
  },
  "speech over the Speech SDK": {
    ...SPEECH,
    caller(foundation) {
      const synthesizer = speechServices(foundation, speechAccess(foundation));
      // Another format opens another connection; one that is open already is not asked for its key again.
      const formats = [...FORMATS];
      return () => wordsOf(synthesizer, formats.shift() ?? "");
    },
  },
  "the list of voices": {
    ...SPEECH,
    caller(foundation) {
      const list = voicesListOf(foundation, speechAccess(foundation));
      return () => list.list();
    },
  },
  "custom voice": {
    open: customVoiceResource,
    refusal: "speech-unauthorized",
    settings: (url) => ({ AZURE_SPEECH_ENDPOINT: url }),
    key: "AZURE_SPEECH_KEY",
    caller(foundation) {
      const customVoice = customVoiceOf(foundation, speechAccess(foundation));
      return async () => {
        await customVoice.createProject("a-project", "personal");
        return "created";
      };
    },
  },
  "batch synthesis": {
    open: batchSynthesisResource,
    settings: (url) => ({ AZURE_SPEECH_ENDPOINT: url }),
    key: "AZURE_SPEECH_KEY",
    refusal: "speech-unauthorized",
    caller(foundation) {
      const batchSynthesis = batchSynthesisOf(foundation, speechAccess(foundation));
      return () => batchSynthesis.state("a-job");
    },
  },
  translation: {
    open: translatorResource,
    settings: (url) => ({ AZURE_TRANSLATOR_ENDPOINT: url }),
    key: "AZURE_TRANSLATOR_KEY",
    refusal: "translation-unauthorized",
    caller(foundation) {
      const translator = configuredTranslator(foundation);
      return async () => translator?.translate({ from: "en", to: "de", keep: [], texts: ["Hello"] }, never());
    },
  },
  "speech of OpenAI": {
    ...OPEN_AI,
    refusal: "speech-unauthorized",
    caller(foundation) {
      const synthesizer = speechServices(foundation, speechAccess(foundation));
      const target = { kind: "openai", text: "Hello.", speed: 1 } as const;
      const request = { ssml: "", outputFormat: "raw-24khz-16bit-mono-pcm", target, voiceName: "alloy" };
      return async () => new Response(await synthesizer.synthesize(request, never())).arrayBuffer();
    },
  },
  "transcription by OpenAI": {
    ...OPEN_AI,
    refusal: "transcription-refused",
    caller(foundation) {
      const transcriber = transcriberOf(foundation);
      const audio = { fileName: "a.wav", bytes: wavRecording({ seconds: 1 }), contentType: "audio/wav" };
      return async () => transcriber?.transcribe(audio, "en-US");
    },
  },
  "suggestions by OpenAI": {
    ...OPEN_AI,
    refusal: "suggester-refused",
    caller(foundation) {
      const suggester = new OpenAiPronunciationSuggester({
        endpoint: foundation.config.AZURE_OPENAI_ENDPOINT ?? "",
        deployment: "gpt-4o-mini",
        ...openAiCredential(foundation),
        timeoutMs: 5_000,
      });
      return () => suggester.suggest(["GraphQL"], "en-US", never());
    },
  },
};

let vault: RunningKeyVault;

beforeAll(async () => {
  vault = await startKeyVault();
});

afterAll(() => vault.close());

/** A service, and a client that has called it with the key that is in the vault. */
async function world({ open, settings, key, caller }: Client) {
  const resource = await open();
  const reference = { [key]: `keyvault:${SECRET}` };
  const call = caller(
    foundationWithVault(vault, { ...settings(resource.url), ...reference }, new ManualClock()),
  );
  vault.set(SECRET, FORMER_KEY);
  await call();
  const before = vault.requests();
  return {
    resource,
    call,
    /** How often the vault was asked from here on. */
    reads: () => vault.requests() - before,
    [Symbol.asyncDispose]: () => resource.close(),
  };
}

describe.each(Object.entries(CLIENTS))("a key of Key Vault for %s", (_name, client) => {
  it("is taken by the next call after it was rotated, without waiting", async () => {
    await using opened = await world(client);
    opened.resource.rotate("the-next-key");
    vault.set(SECRET, "the-next-key");

    await expect(opened.call()).resolves.toBeDefined();

    expect(opened.reads()).toBe(1);
  });

  it("is read once more when it is wrong, not for every call", async () => {
    await using opened = await world(client);
    opened.resource.rotate("nobody-knows");

    const refusals = await Promise.allSettled([opened.call(), opened.call()]);
    await expect(opened.call()).rejects.toMatchObject({ code: client.refusal });

    expect(refusals).toMatchObject([
      { status: "rejected", reason: { code: client.refusal } },
      { status: "rejected", reason: { code: client.refusal } },
    ]);
    expect(opened.reads()).toBe(1);
  });
});
