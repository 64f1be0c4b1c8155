import type { SpeechResource } from "./speech-resource.ts";
import type { BlobAccount } from "./blob-account.ts";
import { wavRecording } from "./wav-recording.ts";

/** The shortest utterance that holds sound. */
export const utterance = wavRecording({ seconds: 0.1, sampleRateHz: 24_000 });

export const trainingSetFields = { projectId: "project-1", locale: "en-US", voiceKind: "Female" };

export const modelFields = {
  voiceName: "OneNeural",
  recipe: { kind: "Default" },
  projectId: "project-1",
  consentId: "consent-1",
  trainingSetId: "set-1",
};

export const endpointId = "9f50c644-2121-40e9-9ea7-544e48bfe3cb";
export const endpointFields = { projectId: "project-1", modelId: "model-1" };

/** Writes utterances `{prefix}0001.wav` ... with a transcript each. @returns the body of an upload. */
export async function writeUtterances(account: BlobAccount, prefix: string, count: number): Promise<object> {
  const containerUrl = await account.container("training", "rl");
  const names = Array.from({ length: count }, (_, index) => String(index + 1).padStart(4, "0"));
  await account.write("training", {
    ...Object.fromEntries(names.map((name) => [`${prefix}${name}.wav`, utterance])),
    [`${prefix}script.txt`]: Buffer.from(names.map((name) => `${name}\tThe sentence ${name}.`).join("\n")),
  });
  return datasetOf(containerUrl, prefix);
}

export function datasetOf(containerUrl: string, prefix: string): object {
  return {
    kind: "AudioAndScript",
    audios: { containerUrl, prefix, extensions: [".wav"] },
    scripts: { containerUrl, prefix, extensions: [".txt"] },
  };
}

/** Brings a resource to a succeeded model `model-1` of a training set with 300 utterances. */
export async function trainModel(resource: SpeechResource, dataset: object): Promise<void> {
  await resource.prepare("ProfessionalVoice");
  await resource.send("PUT", "/trainingsets/set-1", trainingSetFields);
  await resource.send("POST", "/trainingsets/set-1:upload", dataset);
  await resource.advance();
  await resource.send("PUT", "/models/model-1", modelFields);
  await resource.advance();
}

/** An empty training set `set-1`. */
export async function makeSet(resource: SpeechResource): Promise<void> {
  await resource.prepare("ProfessionalVoice");
  await resource.send("PUT", "/trainingsets/set-1", trainingSetFields);
}

/** @returns the training set `set-1` once it has taken the data. */
export async function uploadSet(resource: SpeechResource, body: object): Promise<Record<string, unknown>> {
  await resource.send("POST", "/trainingsets/set-1:upload", body);
  await resource.advance();
  return (await resource.call("GET", "/trainingsets/set-1")).body;
}
