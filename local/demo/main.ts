import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { consentStatement } from "../../src/domain/voice/consent-statement.ts";
import { issueAccessToken } from "../entra/access-token.ts";
import { LOCAL_APP_ID_URI } from "../entra/registration.ts";
import { SigningKeys } from "../entra/signing-keys.ts";
import { medianPitchHz } from "../speech/voice/pitch.ts";
import { parseWav } from "../speech/voice/parse-wav.ts";
import { makeRecording } from "../speech/voice/recording.ts";
import { readRunningStack } from "../stack/stack-file.ts";
import { startStack } from "../stack/start-stack.ts";
import { DemoClient, type Recordings } from "./demo-client.ts";

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

const dataDirectory = process.env["DATA_DIR"] ?? ".local";
const startedAt = performance.now();

const running = await readRunningStack(dataDirectory);
const stack =
  running ??
  (await startStack({ port: Number(process.env["PORT"] ?? 7071), dataDirectory, withFaults: false }));
try {
  await demonstrate(new DemoClient(stack.url, await adminToken()));
  report("whole demo", `files are in ${OUTPUT_FOLDER}/`, startedAt);
} finally {
  if ("close" in stack) {
    await stack.close();
  }
}

async function demonstrate(client: DemoClient): Promise<void> {
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
    { subject: { kind: "user", name: "dev" }, roles: ["Voice.Admin"] },
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
