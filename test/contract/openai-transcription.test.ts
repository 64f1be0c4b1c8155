import OpenAI, { toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createControl } from "../../local/faults/control.ts";
import { AudioTranscripts } from "../../local/openai/audio-transcripts.ts";
import { startOpenAi } from "../../local/openai/start-openai.ts";
import type { RunningStandIn } from "../../local/stand-in/server.ts";
import { recordingSpeak } from "../support/fake-speak.ts";
import { wavRecording } from "../support/wav-recording.ts";

const KEY = "openai-key";
const transcripts = new AudioTranscripts();
let server: RunningStandIn;
let client: OpenAI;

beforeEach(async () => {
  const { speak } = recordingSpeak();
  server = await startOpenAi({ port: 0, key: KEY, control: createControl(), speak, transcripts });
  const defaultQuery = { "api-version": "preview" };
  client = new OpenAI({ baseURL: `${server.url}/openai/v1/`, apiKey: KEY, defaultQuery, maxRetries: 0 });
});

afterEach(() => server.close());

describe("transcription by the official OpenAI client", () => {
  const told = wavRecording({ seconds: 2, comment: "I am aware." });

  it("is the text that was registered for the recording", async () => {
    const recording = wavRecording({ seconds: 1 });
    transcripts.register(recording, "Registered text.");

    const answer = await client.audio.transcriptions.create({
      model: "gpt-4o-transcribe",
      file: await toFile(recording, "a.wav"),
    });

    expect(answer).toMatchObject({ text: "Registered text.", usage: { type: "tokens", total_tokens: 14 } });
  });

  it("is the comment of a WAV file", async () => {
    const answer = await client.audio.transcriptions.create({
      model: "whisper",
      file: await toFile(told, "a.wav"),
    });

    expect(answer).toMatchObject({ text: "I am aware.", usage: { type: "duration", seconds: 2 } });
  });

  it("is a marked placeholder for what nobody has told it", async () => {
    const recording = wavRecording({ seconds: 3 });
    const [file, sameFile] = [await toFile(recording, "a.wav"), await toFile(recording, "b.wav")];

    const first = await client.audio.transcriptions.create({ model: "whisper", file });
    const second = await client.audio.transcriptions.create({ model: "whisper", file: sameFile });

    expect(first.text).toMatch(/^\[unrecognized speech [0-9a-f]{8}\]$/);
    expect(second.text).toBe(first.text);
  });

  it.each([
    ["text", "I am aware.\n"],
    ["srt", "1\n00:00:00,000 --> 00:00:02,000\nI am aware.\n\n"],
    ["vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nI am aware.\n\n"],
  ] as const)("comes as %s", async (format, text) => {
    const answer = await client.audio.transcriptions.create({
      model: "whisper",
      file: await toFile(told, "a.wav"),
      response_format: format,
    });

    expect(answer).toBe(text);
  });

  it("comes with the times of words and segments", async () => {
    const answer = await client.audio.transcriptions.create({
      model: "whisper",
      file: await toFile(told, "a.wav"),
      response_format: "verbose_json",
      timestamp_granularities: ["word", "segment"],
    });

    expect(answer.duration).toBe(2);
    expect(answer.words?.map(({ word }) => word)).toEqual(["I", "am", "aware."]);
    expect(answer.segments).toMatchObject([{ start: 0, end: 2, text: "I am aware." }]);
  });

  it("comes as events", async () => {
    const stream = await client.audio.transcriptions.create({
      model: "gpt-4o-transcribe",
      file: await toFile(told, "a.wav"),
      stream: true,
    });

    const types: string[] = [];
    for await (const { type } of stream) {
      types.push(type);
    }

    expect(types).toEqual([
      "transcript.text.delta",
      "transcript.text.delta",
      "transcript.text.delta",
      "transcript.text.done",
    ]);
  });

  it.each([
    ["captions of gpt-4o", { model: "gpt-4o-transcribe", response_format: "srt" as const }],
    ["speakers", { response_format: "diarized_json" as const }],
    ["log probabilities", { include: ["logprobs" as const] }],
    ["events of whisper", { stream: true as const }],
    ["too high a temperature", { temperature: 2 }],
    ["a language that is no code", { language: "english" }],
    ["word times in plain JSON", { timestamp_granularities: ["word" as const] }],
    ["a deployment that speaks", { model: "tts-1" }],
  ])("refuses %s", async (_name, change) => {
    const file = await toFile(told, "a.wav");

    const attempt = client.audio.transcriptions.create({ model: "whisper", file, ...change });

    await expect(attempt).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    ["of another kind", told, "a.txt"],
    ["that is broken", Buffer.from("no audio"), "a.wav"],
  ])("refuses a file %s", async (_name, bytes, fileName) => {
    const file = await toFile(bytes, fileName);

    const attempt = client.audio.transcriptions.create({ model: "whisper", file });

    await expect(attempt).rejects.toMatchObject({ status: 400 });
  });

  it("refuses a file over 25 MB", async () => {
    const file = await toFile(Buffer.alloc(25 * 1024 * 1024 + 1), "a.wav");

    const attempt = client.audio.transcriptions.create({ model: "whisper", file });

    await expect(attempt).rejects.toMatchObject({ status: 413 });
  });
});
