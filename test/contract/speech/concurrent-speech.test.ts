import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SpeechEngine } from "../../../local/speech/engine/speech-engine.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import { SPEECH_KEY, spoken, synthesize } from "./speech-client.ts";

const FORMAT = "audio-24khz-96kbitrate-mono-mp3";
const BYTES_PER_SECOND = 12_000;
const SENTENCE = "The old library stood at the corner of the square, where nobody had expected it. ";
/** At least. */
const SENTENCE_SECONDS = 4;

const engine = new SpeechEngine();
let speech: RunningSpeech;

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state: noCustomVoices, engine });
});

afterAll(async () => {
  await speech.close();
  await engine.close();
});

/** How fast it is, is measured by `npm run bench -- speech-stand-in`. */
describe("the speech engine", () => {
  it("speaks 20 texts at once, each to its end", async () => {
    const sizesBytes = await Promise.all(Array.from({ length: 20 }, () => spokenBytes(SENTENCE)));

    expect(Math.min(...sizesBytes)).toBeGreaterThan(SENTENCE_SECONDS * BYTES_PER_SECOND);
  });

  it("rests while nobody reads, and speaks to others meanwhile", async () => {
    const ssml = spoken(SENTENCE.repeat(600));
    const unread = await Promise.all(
      Array.from({ length: 10 }, () =>
        synthesize({ url: speech.url, ssml, format: "raw-48khz-16bit-mono-pcm" }),
      ),
    );

    const sizeBytes = await spokenBytes("Hello.");

    expect(sizeBytes).toBeGreaterThan(1000);
    expect(engine.jobCount).toBe(unread.length);
    await Promise.all(unread.map(async (response) => response.body?.cancel()));
    await expect.poll(() => engine.jobCount, { timeout: 10_000, interval: 10 }).toBe(0);
  });
});

async function spokenBytes(text: string): Promise<number> {
  const response = await synthesize({ url: speech.url, ssml: spoken(text), format: FORMAT });
  return (await response.arrayBuffer()).byteLength;
}
