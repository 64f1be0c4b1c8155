import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SpeechEngine } from "../../../local/speech/engine/speech-engine.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import { SPEECH_KEY, spoken, synthesize } from "./speech-client.ts";

const FORMAT = "audio-24khz-96kbitrate-mono-mp3";
const BYTES_PER_SECOND = 12_000;
const PARAGRAPH =
  "The old library stood at the corner of the square, where nobody had expected it. Every morning, people waited in " +
  "front of its doors; some read newspapers, others talked about the weather. ";
const RESOLUTION_MS = 5;

const engine = new SpeechEngine();
let speech: RunningSpeech;

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state: noCustomVoices, engine });
  await measured(PARAGRAPH);
});

afterAll(async () => {
  await speech.close();
  await engine.close();
});

describe("the speech engine", () => {
  it("sends the first audio in under 50 ms and speaks ten times faster than people do", async () => {
    const runs = [await measured(PARAGRAPH), await measured(PARAGRAPH), await measured(PARAGRAPH)];

    expect(Math.min(...runs.map(({ firstByteMs }) => firstByteMs))).toBeLessThan(50);
    expect(Math.min(...runs.map(({ realTimeFactor }) => realTimeFactor))).toBeLessThan(0.1);
  });

  it("speaks 20 texts at once without holding up the event loop", async () => {
    const lag = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    lag.enable();

    const runs = await Promise.all(Array.from({ length: 20 }, () => measured(PARAGRAPH)));

    lag.disable();
    expect(runs.every(({ sizeBytes }) => sizeBytes > 5 * BYTES_PER_SECOND)).toBe(true);
    expect(lag.percentile(99) / 1e6 - RESOLUTION_MS).toBeLessThan(50);
  });

  it("rests while nobody reads, and speaks to others meanwhile", async () => {
    const ssml = spoken(PARAGRAPH.repeat(300));
    const unread = await Promise.all(
      Array.from({ length: 10 }, () =>
        synthesize({ url: speech.url, ssml, format: "raw-48khz-16bit-mono-pcm" }),
      ),
    );

    const { sizeBytes } = await measured("Hello.");

    expect(sizeBytes).toBeGreaterThan(1000);
    expect(engine.jobCount).toBe(unread.length);
    await Promise.all(unread.map(async (response) => response.body?.cancel()));
    await expect.poll(() => engine.jobCount, { timeout: 1000, interval: 10 }).toBe(0);
  });
});

interface Measured {
  readonly firstByteMs: number;
  readonly realTimeFactor: number;
  readonly sizeBytes: number;
}

async function measured(text: string): Promise<Measured> {
  const start = performance.now();
  const response = await synthesize({ url: speech.url, ssml: spoken(text), format: FORMAT });
  const reader = response.body?.getReader();
  let sizeBytes = (await reader?.read())?.value?.length ?? 0;
  const firstByteMs = performance.now() - start;
  for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) {
    sizeBytes += chunk.value.length;
  }
  const totalSeconds = (performance.now() - start) / 1000;
  return { firstByteMs, sizeBytes, realTimeFactor: totalSeconds / (sizeBytes / BYTES_PER_SECOND) };
}
