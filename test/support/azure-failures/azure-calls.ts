import { AzureBlobStore } from "../../../src/adapters/blob-storage/azure-blob-store.ts";
import { CosmosDatabase } from "../../../src/adapters/cosmos/cosmos-database.ts";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import { azureCustomVoiceService } from "../../../src/adapters/azure-speech/custom-voice/azure-custom-voice-service.ts";
import { customVoiceClient } from "../../../src/adapters/azure-speech/custom-voice/custom-voice-client.ts";
import { azureVoiceCatalog } from "../../../src/adapters/azure-speech/voices-list/azure-voice-catalog.ts";
import { OpenAiPronunciationSuggester } from "../../../src/adapters/openai/openai-pronunciation-suggester.ts";
import { OpenAiSpeechSynthesizer } from "../../../src/adapters/openai/openai-speech-synthesizer.ts";
import { OpenAiTranscriber } from "../../../src/adapters/openai/openai-transcriber.ts";
import { AzureTextTranslator } from "../../../src/adapters/translator/azure-text-translator.ts";
import type { DocumentCollection, StoredDocument } from "../../../src/application/ports/documents.ts";
import type { SpeechTarget } from "../../../src/application/ports/speech-synthesizer.ts";
import { progressOf } from "../../../src/application/voices/azure-progress.ts";

/** A call of an adapter, with the official client where there is one, to the service at this address; default: 20 s. */
export type AzureCall = (url: string, timeoutMs?: number) => Promise<unknown>;

const TIMEOUT_MS = 20_000;
const clock = { now: () => new Date() };
const never = (): AbortSignal => new AbortController().signal;
const credential = async () => ({ kind: "key", key: "key" }) as const;
const keyHeader = async () => ["ocp-apim-subscription-key", "key"] as const;

function customVoice(endpoint: string) {
  return azureCustomVoiceService(customVoiceClient({ endpoint, credential: keyHeader }));
}

function synthesizer(url: string, timeoutMs = TIMEOUT_MS): AzureSpeechSynthesizer {
  return new AzureSpeechSynthesizer({
    connection: {
      region: "local",
      standardUrl: url,
      deploymentUrl: url,
      credential,
    },
    deadlines: { firstByteMs: timeoutMs, idleMs: timeoutMs },
    resilience: { maxRetries: 0 },
  });
}

const STANDARD: SpeechTarget = { kind: "standard" };

function speech(target: SpeechTarget = STANDARD) {
  return { ssml: "<speak/>", outputFormat: "raw-24khz-16bit-mono-pcm", target, voiceName: "voice" };
}

function openAi(endpoint: string, timeoutMs = TIMEOUT_MS) {
  return { endpoint, credential, deployment: "deployment", timeoutMs };
}

async function withVoices(
  url: string,
  deadlineMs: number,
  work: (voices: DocumentCollection<StoredDocument>) => Promise<unknown>,
): Promise<unknown> {
  const database = new CosmosDatabase({
    endpoint: url,
    credential: { key: "a2V5" },
    databaseName: "voices",
    createIfAbsent: false,
    deadlineMs,
  });
  try {
    return await work(database.collection({ name: "voices" }));
  } finally {
    await database.close();
  }
}

const document = { id: "a", partition: "ada", createdAt: "2026-03-01T12:00:00.000Z" };

export const synthesize: AzureCall = async (url, timeoutMs) => {
  const subject = synthesizer(url, timeoutMs);
  try {
    return await new Response(await subject.synthesize(speech(), never())).arrayBuffer();
  } finally {
    subject.close();
  }
};

export const synthesizeWithDeployment: AzureCall = async (url) => {
  const subject = synthesizer(url);
  try {
    const target = { kind: "deployment", deploymentId: "endpoint" } as const;
    return await subject.synthesize(speech(target), never());
  } finally {
    subject.close();
  }
};

export const synthesizeWithEvents: AzureCall = async (url) => {
  const subject = synthesizer(url);
  try {
    for await (const event of subject.synthesizeWithEvents({ ...speech(), visemes: false }, never())) {
      return event;
    }
    return undefined;
  } finally {
    subject.close();
  }
};

export const listVoices: AzureCall = (host) => azureVoiceCatalog({ host, credential: keyHeader }).list();

export const readConsent: AzureCall = async (url) => progressOf(await customVoice(url).consentState("id-1"));

export const readModel: AzureCall = async (url) => progressOf(await customVoice(url).modelState("id-1"));

export const readPersonalVoice: AzureCall = async (url) =>
  progressOf(await customVoice(url).personalVoiceState("id-1"));

export const deleteProject: AzureCall = (url) => customVoice(url).deleteProject("id-1");

export const translate: AzureCall = (endpoint, timeoutMs = TIMEOUT_MS) =>
  new AzureTextTranslator({
    endpoint,
    region: "local",
    credential: { kind: "key", key: "key" },
    timeoutMs,
  }).translate({ from: "en", to: "de", keep: [], texts: ["Hello"] }, never());

export const speakWithOpenAi: AzureCall = (url) =>
  new OpenAiSpeechSynthesizer(openAi(url)).synthesize(
    speech({ kind: "openai", text: "Hello.", speed: 1 }),
    never(),
  );

export const transcribe: AzureCall = (url, timeoutMs) =>
  new OpenAiTranscriber({ ...openAi(url, timeoutMs), usdPerMinute: 0 }).transcribe(
    { fileName: "a.wav", bytes: new Uint8Array(4), contentType: "audio/wav" },
    "en-US",
  );

export const suggest: AzureCall = (url) =>
  new OpenAiPronunciationSuggester(openAi(url)).suggest(["GraphQL"], "en-US", never());

export const createDocument: AzureCall = (url, timeoutMs = TIMEOUT_MS) =>
  withVoices(url, timeoutMs, (voices) => voices.create(document));

export const replaceDocument: AzureCall = (url, timeoutMs = TIMEOUT_MS) =>
  withVoices(url, timeoutMs, (voices) => voices.replace(document, "etag"));

export const readBlob: AzureCall = (url) => {
  const connectionString = [
    "DefaultEndpointsProtocol=http",
    "AccountName=account",
    "AccountKey=a2V5",
    `BlobEndpoint=${url}/account`,
  ].join(";");
  const store = new AzureBlobStore({
    access: { kind: "connection-string", connectionString },
    clock,
    createContainers: false,
  });
  return store.properties({ container: "audio", name: "a" });
};
