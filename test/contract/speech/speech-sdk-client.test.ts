import * as sdk from "microsoft-cognitiveservices-speech-sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import { SpeechEngine } from "../../../local/speech/engine/speech-engine.ts";
import type { SynthesisOutput, SynthesisTask } from "../../../local/speech/engine/synthesis-task.ts";
import type { Speaker, SpeechState } from "../../../local/speech/speech-state.ts";
import { startSpeech } from "../../../local/speech/start-speech.ts";
import type { RunningSpeech } from "../../../local/speech/start-speech.ts";
import { SPEECH_KEY, spoken } from "./speech-client.ts";

const TICKS_PER_MS = 10_000;

/** An end crosses the connection, the server and a thread of the engine. */
const JOBS_END = { timeout: 10_000, interval: 5 };

let speech: RunningSpeech;
const control = createControl();
const speaker: Speaker = {
  medianPitchHz: 140,
  pitchSpreadSemitones: 1.5,
  pitchBaseHz: 120,
  pitchTopHz: 160,
  formantScale: 1,
  bandGainsDb: [],
};
const state: SpeechState = {
  profile: () => undefined,
  endpoint: (id) =>
    id === "running" ? { status: "Succeeded", voiceName: "MyVoiceNeural", speaker } : undefined,
};

/** Counts the syntheses that it has spoken to their end. */
class CountingEngine extends SpeechEngine {
  wholeCount = 0;

  override async *synthesize(
    task: SynthesisTask,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisOutput, void> {
    for await (const output of super.synthesize(task, signal)) {
      this.wholeCount += output.kind === "end" ? 1 : 0;
      yield output;
    }
  }
}

const engine = new CountingEngine();

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: SPEECH_KEY, state, control, engine });
});

afterAll(async () => {
  await speech.close();
  await engine.close();
});

describe("the official client over the websocket", () => {
  it("receives audio in the format it asked for", async () => {
    const result = await speak(synthesizer(), spoken("Hello world."));

    const wav = Buffer.from(result.audioData);
    expect(result.reason).toBe(sdk.ResultReason.SynthesizingAudioCompleted);
    expect(wav.toString("latin1", 0, 4)).toBe("RIFF");
    expect(wav.readUInt32LE(24)).toBe(24_000);
    const samplesMs = (wav.length - 44) / 48;
    expect(result.audioDuration / TICKS_PER_MS).toBeCloseTo(samplesMs, -1);
  });

  it("receives the words of the text, in order, with their place in the SSML and in the audio", async () => {
    const client = synthesizer();
    const words: sdk.SpeechSynthesisWordBoundaryEventArgs[] = [];
    client.wordBoundary = (_, event) => words.push(event);
    const ssml = spoken("Hello &lt;big&gt; world, and Dr. Smith has 3.14.");

    const result = await speak(client, ssml);

    const spokenWords = words.filter((event) => event.boundaryType === sdk.SpeechSynthesisBoundaryType.Word);
    expect(spokenWords.map(({ text }) => text)).toEqual([
      "Hello",
      "<big>",
      "world",
      "and",
      "Dr.",
      "Smith",
      "has",
      "3.14",
    ]);
    for (const { text, textOffset, wordLength } of spokenWords.filter((word) => word.text !== "<big>")) {
      expect(ssml.slice(textOffset, textOffset + wordLength)).toBe(text);
    }
    const offsets = words.map(({ audioOffset }) => audioOffset);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(Math.max(...offsets)).toBeLessThan(result.audioDuration);
  });

  it("receives sentences, punctuation, bookmarks and visemes when it listens for them", async () => {
    const client = synthesizer({ [sdk.PropertyId.SpeechServiceResponse_RequestSentenceBoundary]: "true" });
    const boundaries: string[] = [];
    const bookmarks: string[] = [];
    const visemes: number[] = [];
    client.wordBoundary = (_, event) => boundaries.push(`${event.boundaryType} ${event.text}`);
    client.bookmarkReached = (_, event) => bookmarks.push(event.text);
    client.visemeReceived = (_, event) => visemes.push(event.visemeId);

    await speak(client, spoken('One <bookmark mark="here"/>two, three. Four!<bookmark mark="end"/>'));

    expect(boundaries).toEqual([
      "WordBoundary One",
      "WordBoundary two",
      "PunctuationBoundary ,",
      "WordBoundary three",
      "PunctuationBoundary .",
      "SentenceBoundary One two, three.",
      "WordBoundary Four",
      "PunctuationBoundary !",
      "SentenceBoundary Four!",
    ]);
    expect(bookmarks).toEqual(["here", "end"]);
    expect(visemes.length).toBeGreaterThan(10);
  });

  it("receives no event that it has not asked for", async () => {
    const client = synthesizer();
    const bookmarks: string[] = [];
    client.bookmarkReached = (_, event) => bookmarks.push(event.text);

    await speak(client, spoken('One <bookmark mark="here"/>two.'));

    expect(bookmarks).toEqual(["here"]);
  });

  it("speaks several times over one connection", async () => {
    const client = synthesizer();
    control.calls.reset();

    const results = [await speak(client, spoken("One.")), await speak(client, spoken("Two."))];

    expect(results.map(({ reason }) => reason)).toEqual(
      Array(2).fill(sdk.ResultReason.SynthesizingAudioCompleted),
    );
    expect(control.calls.count("speech", "connectWebsocket")).toBe(1);
  });

  it("is told why its SSML is refused", async () => {
    const result = await speak(synthesizer(), spoken("Hello.", "en-US-NobodyNeural"));

    expect(result.reason).toBe(sdk.ResultReason.Canceled);
    expect(result.errorDetails).toBe("Unsupported voice en-US-NobodyNeural. websocket error code: 1007");
  });

  it.each([1011, 1013, 4429] as const)("is canceled when the service closes with %i", async (code) => {
    control.faults.add({ service: "speech", action: { kind: "close", code } });

    const result = await speak(synthesizer(), spoken("Hello."));

    expect(result.reason).toBe(sdk.ResultReason.Canceled);
    expect(result.errorDetails).toContain(`websocket error code: ${code}`);
  });

  it("is canceled with 1006 when the connection breaks in the middle of the audio", async () => {
    control.faults.add({ service: "speech", action: { kind: "cut", afterBytes: 1000 } });

    const result = await speak(synthesizer(), spoken("Hello world, how are you?"));

    expect(result.errorDetails).toContain("websocket error code: 1006");
  });

  it("cannot connect with a wrong key", async () => {
    const config = sdk.SpeechConfig.fromHost(new URL(speech.url), "wrong");

    const result = await speak(new sdk.SpeechSynthesizer(config, undefined), spoken("Hello."));

    expect(result.reason).toBe(sdk.ResultReason.Canceled);
    expect(result.errorDetails).toContain("1006");
  });

  it("can use a token of issueToken", async () => {
    const answer = await fetch(`${speech.url}/sts/v1.0/issueToken`, {
      method: "POST",
      headers: { "ocp-apim-subscription-key": SPEECH_KEY },
    });
    const config = sdk.SpeechConfig.fromHost(new URL(speech.url));
    config.authorizationToken = await answer.text();

    const result = await speak(new sdk.SpeechSynthesizer(config, undefined), spoken("Hello."));

    expect(result.reason).toBe(sdk.ResultReason.SynthesizingAudioCompleted);
  });

  it("reaches a professional voice by the id of its endpoint", async () => {
    const config = sdk.SpeechConfig.fromHost(new URL(speech.url), SPEECH_KEY);
    config.endpointId = "running";
    config.speechSynthesisVoiceName = "MyVoiceNeural";
    const client = new sdk.SpeechSynthesizer(config, undefined);

    const result = await speak(client, spoken("Hello.", "MyVoiceNeural"));

    expect(result.reason).toBe(sdk.ResultReason.SynthesizingAudioCompleted);
  });

  it("lists the voices", async () => {
    const config = sdk.SpeechConfig.fromHost(new URL(speech.url), SPEECH_KEY);

    const { voices } = await new sdk.SpeechSynthesizer(config, undefined).getVoicesAsync();

    expect(voices.length).toBeGreaterThanOrEqual(30);
    expect(new Set(voices.map(({ locale }) => locale)).size).toBeGreaterThanOrEqual(15);
  });

  it("ends the synthesis when it closes in the middle", async () => {
    await expect.poll(() => engine.jobCount, JOBS_END).toBe(0);
    const { wholeCount } = engine;
    const client = synthesizer();
    const firstAudio = new Promise<void>((resolve) => {
      client.synthesizing = () => resolve();
    });
    client.speakSsmlAsync(spoken("This is a long sentence. ".repeat(1000)));
    await firstAudio;
    expect(engine.jobCount).toBe(1);

    client.close();

    await expect.poll(() => engine.jobCount, JOBS_END).toBe(0);
    expect(engine.wholeCount).toBe(wholeCount);
  });
});

function synthesizer(properties: Readonly<Record<number, string>> = {}): sdk.SpeechSynthesizer {
  const config = sdk.SpeechConfig.fromHost(new URL(speech.url), SPEECH_KEY);
  config.speechSynthesisOutputFormat = sdk.SpeechSynthesisOutputFormat.Riff24Khz16BitMonoPcm;
  for (const [id, value] of Object.entries(properties)) {
    config.setProperty(Number(id), value);
  }
  return new sdk.SpeechSynthesizer(config, undefined);
}

async function speak(client: sdk.SpeechSynthesizer, ssml: string): Promise<sdk.SpeechSynthesisResult> {
  return new Promise((resolve, reject) => {
    client.speakSsmlAsync(ssml, resolve, reject);
  });
}
