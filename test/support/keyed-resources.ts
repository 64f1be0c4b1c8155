import { createControl } from "../../local/faults/control.ts";
import { AudioTranscripts } from "../../local/openai/audio-transcripts.ts";
import { openAiHandler } from "../../local/openai/openai-handler.ts";
import { noCustomVoices } from "../../local/speech/speech-state.ts";
import { startSpeech } from "../../local/speech/start-speech.ts";
import type { StandInHandler } from "../../local/stand-in/exchange.ts";
import { startStandIn } from "../../local/stand-in/server.ts";
import { translatorHandler } from "../../local/translator/translator-handler.ts";
import { BatchResource } from "./batch-resource.ts";
import { recordingSpeak } from "./fake-speak.ts";
import { SpeechResource } from "./speech-resource.ts";

/** The key of every resource until it is rotated. */
export const FORMER_KEY = "the-former-key";

/** A service whose key can be changed. */
export interface KeyedResource {
  readonly url: string;
  rotate(key: string): void;
  close(): Promise<void>;
}

const control = createControl();

export async function speechResource(): Promise<KeyedResource> {
  const options = { port: 0, key: FORMER_KEY, state: noCustomVoices, control };
  const speech = await startSpeech(options);
  return {
    url: speech.url,
    close: () => speech.close(),
    rotate(key) {
      options.key = key;
    },
  };
}

/** A stand-in of handlers that take credentials. */
async function resourceOf(
  handlerOf: (credentials: { readonly key: string }) => StandInHandler,
): Promise<KeyedResource> {
  const credentials = { key: FORMER_KEY };
  const server = await startStandIn({ port: 0, handlers: [handlerOf(credentials)] });
  return {
    url: server.url,
    close: () => server.close(),
    rotate(key) {
      credentials.key = key;
    },
  };
}

export function customVoiceResource(): Promise<KeyedResource> {
  const credentials = { key: FORMER_KEY };
  return started(new SpeechResource({ credentials }), credentials);
}

export function batchSynthesisResource(): Promise<KeyedResource> {
  const credentials = { key: FORMER_KEY };
  return started(new BatchResource({ speak: recordingSpeak().speak, credentials }), credentials);
}

async function started(
  resource: SpeechResource | BatchResource,
  credentials: { key: string },
): Promise<KeyedResource> {
  await resource.start();
  return {
    url: resource.url,
    close: () => resource.dispose(),
    rotate(key) {
      credentials.key = key;
    },
  };
}

export const openAiResource = (): Promise<KeyedResource> =>
  resourceOf((credentials) =>
    openAiHandler({
      credentials,
      control,
      speak: recordingSpeak().speak,
      transcripts: new AudioTranscripts(),
    }),
  );

export const translatorResource = (): Promise<KeyedResource> =>
  resourceOf((credentials) => translatorHandler({ credentials, control }));
