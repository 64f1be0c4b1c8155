import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { consentStatement } from "../../src/domain/voice/consent-statement.ts";
import { issueAccessToken } from "../entra/access-token.ts";
import { LOCAL_APP_ID_URI, objectIdOf } from "../entra/registration.ts";
import { SigningKeys } from "../entra/signing-keys.ts";
import { medianPitchHz } from "../speech/voice/pitch.ts";
import { parseWav } from "../speech/voice/parse-wav.ts";
import { makeRecording } from "../speech/voice/recording.ts";
import { DropFolder } from "../drop-folder.ts";
import { readRunningStack } from "../stack/stack-file.ts";
import { dataDirectoryOf, portOf } from "../stack/stack-place.ts";
import { startStack } from "../stack/start-stack.ts";
import { DemoClient, type Recordings } from "./demo-client.ts";

const USER = "dev";
const OUTPUT_FOLDER = "demo-output";
const SPEAKER_PITCH_HZ = 210;
const DEFAULT_VOICE = "en-US-AndrewMultilingualNeural";
const NAMES = { voiceTalentName: "Sample Speaker", companyName: "Sample Company" };
const SAMPLE_TEXT =
  "The weather is very good today, and we will meet again tomorrow morning. Bring your notes, a warm coat, and " +
  "something to drink. If it rains, we can still sit under the old bridge and talk about the journey.";
const PARAGRAPH =
  "This voice was made from ten seconds of speech, with the consent of its speaker. It reads whatever you send: " +
  "a sentence, a page, or a whole book. Every voice remembers whose consent it was made with, and falls silent when " +
  "that consent is withdrawn.";

const PROMPTS = [
  ["welcome", "Welcome, and thank you for calling."],
  ["goodbye", "Good bye, until tomorrow."],
] as const;

const dataDirectory = dataDirectoryOf(process.env);
const startedAt = performance.now();

const running = await readRunningStack(dataDirectory);
const stack = running ?? (await startStack({ port: portOf(process.env), dataDirectory, withFaults: false }));
try {
  const token = await adminToken();
  const client = new DemoClient(stack.url, token);
  const voiceId = await demonstrate(client);
  const ownerId = objectIdOf(USER);
  const folder = new DropFolder({
    apiUrl: stack.url,
    blobsUrl: stack.parts["Blobs"] ?? "",
    token,
    ownerId,
  });
  await speakBatch(client, folder, voiceId);
  await dropTable(folder, voiceId);
  report("whole demo", `files are in ${OUTPUT_FOLDER}/`, startedAt);
} finally {
  if ("close" in stack) {
    await stack.close();
  }
}

/** @returns the id of the cloned voice. */
async function demonstrate(client: DemoClient): Promise<string> {
  await mkdir(OUTPUT_FOLDER, { recursive: true });
  const recordings = await record();
  let since = performance.now();
  const voiceId = await client.trainVoice("Demo speaker", recordings);
  report("train", `consent and sample accepted as ${voiceId}`, since);
  await client.untilReady(voiceId);
  report("wait", "the voice is ready", since);

  since = performance.now();
  const cloned = await client.speak({ text: PARAGRAPH, voiceId, format: "wav" });
  await save("cloned.wav", cloned);
  report("speak", `cloned.wav, median pitch ${pitchOf(cloned)} Hz`, since);

  since = performance.now();
  const plain = await client.speak({ text: PARAGRAPH, voice: DEFAULT_VOICE, format: "wav" });
  await save("default-voice.wav", plain);
  report("speak", `default-voice.wav, median pitch ${pitchOf(plain)} Hz`, since);

  since = performance.now();
  const { audio, firstChunkAtMs } = await client.speakStream({ text: PARAGRAPH, voiceId, format: "mp3" });
  await save("streamed.mp3", audio);
  report("stream", `streamed.mp3, first audio after ${(firstChunkAtMs - since).toFixed(0)} ms`, since);
  return voiceId;
}

async function speakBatch(client: DemoClient, folder: DropFolder, voiceId: string): Promise<void> {
  const since = performance.now();
  const items = PROMPTS.map(([id, text]) => ({ id, text }));
  const batchId = await client.createBatch({ items, defaults: { voiceId, format: "mp3" } });
  const { status } = await folder.ended(batchId);
  await collect(folder, { id: batchId, status, to: "batch" });
  report("batch", `${batchId} is ${status}: batch/`, since);
}

async function dropTable(folder: DropFolder, voiceId: string): Promise<void> {
  const since = performance.now();
  const table = ["id,text,voiceId", ...PROMPTS.map(([id, text]) => `${id},"${text}",${voiceId}`)].join("\n");
  await save("prompts.csv", Buffer.from(table));
  const { id, status } = await folder.drop("prompts.csv", Buffer.from(table));
  await collect(folder, { id, status, to: "drop" });
  report("drop", `prompts.csv became ${id}, which is ${status}: drop/`, since);
}

/** @throws Error when an item has no audio. */
async function collect(
  folder: DropFolder,
  batch: { readonly id: string; readonly status: string; readonly to: string },
): Promise<void> {
  const results = await folder.bringBack(batch.id, path.join(OUTPUT_FOLDER, batch.to));
  const silent = results.find(({ file }) => file === undefined);
  if (batch.status !== "completed" || silent !== undefined) {
    throw new Error(`The batch ${batch.id} is ${batch.status}: ${silent?.message ?? "no reason given"}`);
  }
}

async function record(): Promise<Recordings> {
  const since = performance.now();
  const locale = "en-US";
  const [consent, sample] = await Promise.all(
    [consentStatement(locale, NAMES) ?? "", SAMPLE_TEXT].map((text) =>
      makeRecording({ text, locale, pitchHz: SPEAKER_PITCH_HZ }),
    ),
  );
  if (consent === undefined || sample === undefined) {
    throw new Error("The recordings could not be made.");
  }
  await save("consent.wav", consent);
  await save("sample.wav", sample);
  report("record", `consent.wav and sample.wav, median pitch ${pitchOf(sample)} Hz`, since);
  return { consent, sample, ...NAMES };
}

async function adminToken(): Promise<string> {
  const keys = await SigningKeys.open(dataDirectory);
  return issueAccessToken(
    { keys, audience: LOCAL_APP_ID_URI, now: () => new Date() },
    { subject: { kind: "user", name: USER }, roles: ["Voice.Admin"] },
  );
}

async function save(fileName: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path.join(OUTPUT_FOLDER, fileName), bytes);
}

function pitchOf(wav: Uint8Array): string {
  const { samples, sampleRateHz } = parseWav(wav);
  return medianPitchHz(samples, sampleRateHz).toFixed(0);
}

function report(step: string, detail: string, since: number): void {
  console.log(`${step.padEnd(10)} ${detail} (${((performance.now() - since) / 1000).toFixed(2)} s)`);
}
