import { afterAll, beforeAll } from "vitest";
import { type RunningSpeech, startSpeech } from "../../../local/speech/start-speech.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { resourceConnection } from "../../../src/adapters/azure-speech/azure-speech-connection.ts";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import { speechSynthesizerContract } from "./speech-synthesizer.contract.ts";

let speech: RunningSpeech;
let synthesizer: AzureSpeechSynthesizer;
let synthesizerOfResource: AzureSpeechSynthesizer;

const credential = () => Promise.resolve({ kind: "key", key: "local-key" } as const);
const deadlines = { firstByteMs: 10_000, idleMs: 10_000 };

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: "local-key", state: noCustomVoices });
  synthesizer = new AzureSpeechSynthesizer({
    connection: {
      region: "local",
      standardUrl: speech.url,
      deploymentUrl: `${speech.url}/voice`,
      credential,
    },
    deadlines,
  });
  synthesizerOfResource = new AzureSpeechSynthesizer({
    connection: resourceConnection("local", speech.url, { credential }),
    deadlines,
  });
});

afterAll(async () => {
  synthesizer.close();
  synthesizerOfResource.close();
  await speech.close();
});

speechSynthesizerContract("Azure Speech, at its stand-in", () => synthesizer);
speechSynthesizerContract("Azure Speech, at the domain of the resource", () => synthesizerOfResource);
