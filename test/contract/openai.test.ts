import OpenAI, { AzureOpenAI } from "openai";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createControl } from "../../local/faults/control.ts";
import { startOpenAi } from "../../local/openai/start-openai.ts";
import { speakWithEngine } from "../../local/speech/batch-synthesis/speak-with-engine.ts";
import { SpeechEngine } from "../../local/speech/engine/speech-engine.ts";
import { noCustomVoices } from "../../local/speech/speech-state.ts";
import type { RunningStandIn } from "../../local/stand-in/server.ts";
import { recordingSpeak } from "../support/fake-speak.ts";
import type { RecordingSpeak } from "../support/fake-speak.ts";

const KEY = "openai-key";
const control = createControl();
let speaker: RecordingSpeak;
let server: RunningStandIn;
let client: OpenAI;

beforeEach(async () => {
  speaker = recordingSpeak();
  server = await startOpenAi({ port: 0, key: KEY, control, speak: speaker.speak });
  client = clientOf(server, KEY);
});

afterEach(async () => {
  control.faults.clear();
  await server.close();
});

function clientOf({ url }: RunningStandIn, apiKey: string): OpenAI {
  const defaultQuery = { "api-version": "preview" };
  return new OpenAI({ baseURL: `${url}/openai/v1/`, apiKey, defaultQuery, maxRetries: 0 });
}

function ask(content: string): Promise<OpenAI.ChatCompletion> {
  return client.chat.completions.create({ model: "gpt-4o-mini", messages: [{ role: "user", content }] });
}

async function pcmBytes(speaking: OpenAI, speed: number): Promise<number> {
  const answer = await speaking.audio.speech.create({ ...speech, response_format: "pcm", speed });
  return (await answer.arrayBuffer()).byteLength;
}

const speech = { model: "gpt-4o-mini-tts", input: "Hello <you> & me.", voice: "alloy" } as const;

describe("speech by the official OpenAI client", () => {
  it("is MP3 unless something else is asked for", async () => {
    const answer = await client.audio.speech.create(speech);

    expect(answer.headers.get("content-type")).toBe("audio/mpeg");
    expect(await answer.text()).toBe("first second");
    expect(speaker.requests).toMatchObject([{ outputFormat: "audio-24khz-96kbitrate-mono-mp3" }]);
    expect(speaker.requests[0]?.ssml).toContain("Hello &lt;you&gt; &amp; me.");
  });

  it.each([
    ["opus", "audio/opus", "ogg-24khz-16bit-mono-opus"],
    ["wav", "audio/wav", "riff-24khz-16bit-mono-pcm"],
    ["pcm", "audio/pcm", "raw-24khz-16bit-mono-pcm"],
  ] as const)("comes as %s", async (format, contentType, outputFormat) => {
    const answer = await client.audio.speech.create({ ...speech, response_format: format });

    expect(answer.headers.get("content-type")).toBe(contentType);
    expect(speaker.requests).toMatchObject([{ outputFormat }]);
  });

  it("comes as events", async () => {
    const answer = await client.audio.speech.create({ ...speech, stream_format: "sse" });

    const events = (await answer.text()).trim().split("\n\n");
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    expect(events.map((line) => JSON.parse(line.replace("data: ", "")))).toEqual([
      { type: "speech.audio.delta", audio: Buffer.from("first ").toString("base64") },
      { type: "speech.audio.delta", audio: Buffer.from("second").toString("base64") },
      { type: "speech.audio.done", usage: { input_tokens: 5, output_tokens: 20, total_tokens: 25 } },
    ]);
  });

  it("is served on the path of a deployment as well", async () => {
    const azure = new AzureOpenAI({
      endpoint: server.url,
      apiKey: KEY,
      apiVersion: "2025-04-01-preview",
      maxRetries: 0,
    });

    const answer = await azure.audio.speech.create({ ...speech, model: "tts-1" });

    expect(answer.status).toBe(200);
  });

  it.each([
    ["no text", { input: "" }],
    ["a text over 4096 characters", { input: "a".repeat(4097) }],
    ["an unknown voice", { voice: "robot" }],
    ["a custom voice", { voice: { id: "voice_1" } }],
    ["too slow a speed", { speed: 0.2 }],
    ["too fast a speed", { speed: 4.1 }],
    ["AAC", { response_format: "aac" as const }],
    ["FLAC", { response_format: "flac" as const }],
    ["instructions for tts-1", { model: "tts-1", instructions: "Softly." }],
    ["events of tts-1", { model: "tts-1", stream_format: "sse" as const }],
    ["a deployment of another kind", { model: "whisper" }],
  ])("refuses %s", async (_name, change) => {
    const attempt = client.audio.speech.create({ ...speech, ...change });

    await expect(attempt).rejects.toMatchObject({ status: 400 });
    expect(speaker.requests).toEqual([]);
  });

  it("refuses a deployment that does not exist", async () => {
    const attempt = client.audio.speech.create({ ...speech, model: "nothing" });

    await expect(attempt).rejects.toMatchObject({ status: 404, code: "DeploymentNotFound" });
  });

  it("refuses a wrong key", async () => {
    const attempt = clientOf(server, "wrong").audio.speech.create(speech);

    await expect(attempt).rejects.toMatchObject({ status: 401 });
  });

  it("knows no v1 audio without its preview version", async () => {
    const plain = new OpenAI({ baseURL: `${server.url}/openai/v1/`, apiKey: KEY, maxRetries: 0 });

    const attempt = plain.audio.speech.create(speech);

    await expect(attempt).rejects.toMatchObject({ status: 404 });
  });

  it("can be throttled and cut", async () => {
    control.faults.add({ service: "openai", action: { kind: "throttle", retryAfterSeconds: 2 } });
    control.faults.add({ service: "openai", action: { kind: "cut", afterBytes: 3 } });

    const throttled = client.audio.speech.create(speech);
    await expect(throttled).rejects.toMatchObject({ status: 429 });
    const cut = await client.audio.speech.create(speech);

    await expect(cut.text()).rejects.toThrow("terminated");
  });
});

describe("a chat completion by the official OpenAI client", () => {
  it("respells the words it is given", async () => {
    const answer = await ask(JSON.stringify({ words: ["PostgreSQL", "SQL", "kubernetes", "IPv6"] }));

    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toMatchObject({
      suggestions: [
        { word: "PostgreSQL", alias: "pos-tgre S Q L" },
        { word: "SQL", alias: "S Q L", reason: "capitals are said letter by letter." },
        { word: "kubernetes", alias: "ku-ber-ne-tes" },
        { word: "IPv6", alias: "I pv 6" },
      ],
    });
  });

  it("refuses to talk about anything else", async () => {
    await expect(ask("How are you?")).rejects.toMatchObject({ status: 400 });
  });

  it("refuses to stream", async () => {
    const attempt = client.chat.completions.create({
      model: "gpt-4o-mini",
      messages: [{ role: "user", content: `{"words":["a"]}` }],
      stream: true,
    });

    await expect(attempt).rejects.toMatchObject({ status: 400 });
  });
});

describe("the voice of the Speech stand-in", () => {
  const engine = new SpeechEngine();
  let speaking: RunningStandIn;

  beforeAll(async () => {
    const speak = speakWithEngine(engine, noCustomVoices);
    speaking = await startOpenAi({ port: 0, key: KEY, control: createControl(), speak });
  });

  afterAll(async () => {
    await speaking.close();
    await engine.close();
  });

  it("speaks for OpenAI's voices, faster when asked", async () => {
    const speakingClient = clientOf(speaking, KEY);

    const normal = await pcmBytes(speakingClient, 1);
    const fast = await pcmBytes(speakingClient, 2);

    expect(normal).toBeGreaterThan(24_000);
    expect(fast).toBeLessThan(normal * 0.75);
  });
});

describe("the list of models", () => {
  it("names what the deployments are of, to who has a key", async () => {
    const { data } = await client.models.list();

    expect(data.map(({ id }) => id)).toContain("gpt-4o-mini-tts");
  });

  it.each([
    ["/openai/v1/models?api-version=preview", 401],
    ["/openai/deployments/whisper/models?api-version=2025-04-01-preview", 404],
  ])("answers nobody at %s", async (path, status) => {
    const response = await fetch(`${server.url}${path}`);
    await response.body?.cancel();

    expect(response.status).toBe(status);
  });
});
