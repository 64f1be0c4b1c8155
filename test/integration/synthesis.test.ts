import { beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient, clientWith } from "../support/api-client.ts";
import { Faults } from "../support/faults.ts";
import { until } from "../support/until.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const VOICE = "en-US-AvaMultilingualNeural";
/** Nobody else's on the stack that these tests share. */
const LONG_VOICE = "en-AU-NatashaNeural";
const faults = new Faults(inject("parts"));
const SPEAK = "/api/v1/synthesis/speak";
const STREAM = "/api/v1/synthesis/speak/stream";

let api: ApiClient;

beforeAll(async () => {
  api = await apiClient({ ...stack, roles: ["Voice.User"] });
});

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

async function eventsOf(
  response: Response,
): Promise<readonly { event: string; data: Record<string, unknown> }[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block !== "");
  return blocks.map((block) => {
    const [event = "", data = ""] = block.split("\n");
    return {
      event: event.slice("event: ".length),
      data: JSON.parse(data.slice("data: ".length)) as Record<string, unknown>,
    };
  });
}

describe("POST /synthesis/speak", () => {
  it("answers audio and tells its length, price and place in the history", async () => {
    const response = await api.postJson(SPEAK, { text: "Hello world.", voice: VOICE, format: "wav" });
    const audio = await response.arrayBuffer();

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("audio/wav");
    expect(response.headers.get("x-synthesis-id")).toMatch(/^syn_/);
    expect(response.headers.get("x-characters-billed")).toBe("12");
    expect(response.headers.get("server-timing")).toMatch(/^synthesis;dur=/);
    expect(Number(response.headers.get("x-audio-duration-ms"))).toBeCloseTo((audio.byteLength - 44) / 48, -1);
  });

  it("answers JSON with words of the text as it was sent, and captions", async () => {
    const text = "Dr. Smith reads 3 books.";
    const response = await api.postJson(SPEAK, { text, voice: VOICE }, { accept: "application/json" });
    const body = (await response.json()) as {
      timings: { source: string; words: { text: string; offset: number; length: number; startMs: number }[] };
      captions: { vtt: string };
    };

    const { words, source } = body.timings;
    expect(source).toBe("engine");
    expect(words.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(
      words.map((word) => word.text),
    );
    expect(words.map(({ text: word }) => word)).toEqual(expect.arrayContaining(["Smith", "books"]));
    expect(words.map(({ startMs }) => startMs)).toEqual(
      words.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
    );
    expect(body.captions.vtt).toContain("Dr. Smith reads 3 books.");
  });

  it("tells when the bookmarks of SSML are reached, also from the cache", async () => {
    const ssml = `<speak><voice name="${VOICE}">One <bookmark mark="middle"/>two. <bookmark mark="end"/></voice></speak>`;
    const ask = async () => jsonOf(await api.postJson(SPEAK, { ssml }, { accept: "application/json" }));

    const [first, second] = [await ask(), await ask()];

    expect(first).toMatchObject({
      timings: {
        words: [{ text: "One" }, { text: "two" }],
        bookmarks: [
          { mark: "middle", timeMs: expect.any(Number) },
          { mark: "end", timeMs: expect.any(Number) },
        ],
      },
    });
    expect(second).toMatchObject({ cache: "hit", timings: first["timings"] });
  });

  it("answers the second equal request from the cache", async () => {
    const request = { text: `Once ${Math.random()}`, voice: VOICE };
    const first = await api.postJson(SPEAK, request);
    const audio = await first.arrayBuffer();

    const second = await api.postJson(SPEAK, request);

    expect(first.headers.get("x-cache")).toBe("miss");
    expect(second.headers.get("x-cache")).toBe("hit");
    expect(await second.arrayBuffer()).toEqual(audio);
  });

  it("tells characters, cost and chunks without speaking when asked for a dry run", async () => {
    const response = await api.postJson(`${SPEAK}?dryRun=true`, {
      text: "word ".repeat(2_000),
      voice: VOICE,
    });

    expect(await jsonOf(response)).toMatchObject({
      characters: 10_000,
      charactersBilled: 10_000,
      cost: { amount: 0.15, currency: "USD" },
      chunks: expect.any(Number),
    });
  });

  it("speaks SSML with several voices", async () => {
    const ssml = `<speak><voice name="${VOICE}">Hello.</voice><voice name="en-US-AndrewMultilingualNeural">Hi there.</voice></speak>`;

    const response = await api.postJson(SPEAK, { ssml, format: "wav" });

    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(24_000);
  });

  it("takes instructions for OpenAI voices, and refuses them by name for others", async () => {
    const request = { text: "Hello.", instructions: "Whisper.", style: "calm" };

    const spoken = await api.postJson(SPEAK, { ...request, voice: "openai:alloy", strict: true });
    const refused = await api.postJson(SPEAK, { ...request, voice: VOICE });

    expect([spoken.status, spoken.headers.get("content-type")]).toEqual([200, "audio/mpeg"]);
    expect(await jsonOf(refused)).toMatchObject({ status: 422, errors: [{ field: "instructions" }] });
  });

  it("translates before it speaks", async () => {
    const request = { text: "Hello", voice: "de-DE-KatjaNeural", translate: { from: "en", to: "de" } };

    const response = await api.postJson(SPEAK, request, { accept: "application/json" });

    expect(await jsonOf(response)).toMatchObject({ translation: { from: "en", to: "de", text: "Hallo" } });
  });

  it.each([
    ["no text", {}, "text"],
    ["an empty text", { text: "" }, "text"],
    ["a text that is a number", { text: 5 }, "text"],
    ["text and ssml", { text: "a", ssml: "<speak/>" }, "text"],
    ["white space", { text: " \n\u200B" }, "text"],
    ["a text over the limit", { text: "a".repeat(100_001) }, "text"],
    ["an unknown format", { text: "Hello", format: "flac" }, "format"],
    ["a rate out of range", { text: "Hello", rate: 9 }, "rate"],
    ["an unknown field", { text: "Hello", colour: "red" }, "colour"],
    ["broken SSML", { ssml: "<speak><voice>" }, "ssml"],
    ["an external file", { ssml: '<speak><audio src="https://example.com/a.mp3"/></speak>' }, "ssml"],
  ])("refuses %s with 422 and names the field", async (...[, body, field]) => {
    const response = await api.postJson(SPEAK, { voice: VOICE, ...body });

    expect(response.status).toBe(422);
    expect(await jsonOf(response)).toMatchObject({ errors: [{ field }] });
  });

  it("refuses what is not JSON, a voice that does not exist, no token and a role that may only read", async () => {
    const reader = await apiClient({ ...stack, roles: ["Voice.Reader"] });
    const request = { text: "Hello", voice: VOICE };
    const malformed = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };

    const answers = await Promise.all([
      api.send(SPEAK, malformed),
      api.postJson(SPEAK, { ...request, voice: "en-US-NobodyNeural" }),
      clientWith(stack.baseUrl, {}).postJson(SPEAK, request),
      reader.postJson(SPEAK, request),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([400, 404, 401, 403]);
  });
});

describe("POST /synthesis/speak/stream", () => {
  it("streams a text of 60,000 characters: audio comes while the second part is not spoken yet", async () => {
    const text = "Every sentence of this long text is spoken in its turn. ".repeat(1_072);
    const leave = new AbortController();
    for (const latencyMs of [1, 600_000]) {
      const match = { voice: LONG_VOICE };
      await faults.add({ service: "speech", match, action: { kind: "latency", latencyMs } });
    }

    const response = await api.send(STREAM, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text, voice: LONG_VOICE, cache: "bypass", store: false }),
      signal: leave.signal,
    });
    const reader = response.body?.getReader();
    const first = await reader?.read();
    const waiting = await until(
      async () => (await faults.list()).filter(({ match }) => match["voice"] === LONG_VOICE),
      ({ length }) => length === 0,
    );
    leave.abort();

    expect(first?.value?.length).toBeGreaterThan(0);
    expect(waiting).toEqual([]);
  });

  it("tells start, words, audio and the end as events", async () => {
    const response = await api.postJson(
      STREAM,
      { text: "Hello world.", voice: VOICE },
      { accept: "text/event-stream" },
    );
    const events = await eventsOf(response);

    const kinds = events.map(({ event }) => event);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(kinds[0]).toBe("start");
    expect(kinds.at(-1)).toBe("done");
    expect(kinds).toContain("audio");
    expect(events.filter(({ event }) => event === "word").map(({ data }) => data["text"])).toEqual([
      "Hello",
      "world",
    ]);
  });

  it("tells the bookmarks of SSML as events", async () => {
    const ssml = `<speak><voice name="${VOICE}">One <bookmark mark="middle"/>two.</voice></speak>`;

    const response = await api.postJson(STREAM, { ssml }, { accept: "text/event-stream" });
    const events = await eventsOf(response);

    expect(events.filter(({ event }) => event === "bookmark")).toEqual([
      { event: "bookmark", data: { mark: "middle", timeMs: expect.any(Number) } },
    ]);
  });
});

describe("the history over HTTP", () => {
  it("lists a synthesis, answers its audio and captions again, and deletes it", async () => {
    const spoken = await api.postJson(SPEAK, { text: "Remember me. Always.", voice: VOICE });
    const audio = await spoken.arrayBuffer();
    const id = spoken.headers.get("x-synthesis-id") ?? "";
    const entry = `/api/v1/synthesis/history/${id}`;

    const list = await jsonOf(await api.get("/api/v1/synthesis/history?q=remember"));
    const again = await api.get(`${entry}/audio`);
    const captions = await api.get(`${entry}/captions?format=vtt`);
    const deleted = await api.delete(entry);

    expect(list).toMatchObject({ items: [{ id, preview: "Remember me. Always." }] });
    expect(await again.arrayBuffer()).toEqual(audio);
    expect(await captions.text()).toMatch(/^WEBVTT\n\n00:00:0/);
    expect(deleted.status).toBe(204);
    expect((await api.get(entry)).status).toBe(404);
  });

  it("is nobody else's, but an administrator's", async () => {
    const spoken = await api.postJson(SPEAK, { text: "Mine alone.", voice: VOICE });
    await spoken.arrayBuffer();
    const other = await apiClient({ ...stack, roles: ["Voice.User"] });
    const admin = await apiClient({ ...stack, roles: ["Voice.Admin"] });
    const path = `/api/v1/synthesis/history/${spoken.headers.get("x-synthesis-id")}`;

    const answers = await Promise.all([other.get(path), admin.get(path)]);

    expect(answers.map(({ status }) => status)).toEqual([404, 200]);
  });

  it("sums up usage by day and voice", async () => {
    const user = await apiClient({ ...stack, roles: ["Voice.User"] });
    for (const text of ["One.", "Two."]) {
      await (await user.postJson(SPEAK, { text, voice: VOICE })).arrayBuffer();
    }

    const usage = await jsonOf(await user.get("/api/v1/usage?groupBy=day,voice"));

    expect(usage).toMatchObject({
      currency: "USD",
      rows: expect.arrayContaining([expect.objectContaining({ voiceId: VOICE })]),
      total: { requests: 2, characters: 8 },
    });
  });
});

describe("translation over HTTP", () => {
  it("translates texts and lists languages", async () => {
    const translated = await api.postJson("/api/v1/translations", { texts: ["Hello"], from: "en", to: "de" });
    const languages = await jsonOf(await api.get("/api/v1/languages"));

    expect(await jsonOf(translated)).toMatchObject({
      translations: [{ text: "Hallo", from: "en", to: "de" }],
      charactersBilled: 5,
    });
    expect(languages["items"]).toContainEqual(expect.objectContaining({ code: "de" }));
  });

  it("refuses a language that does not exist", async () => {
    const response = await api.postJson("/api/v1/translations", { text: "Hello", to: "xx" });

    expect(await jsonOf(response)).toMatchObject({ status: 422, code: "language-unsupported" });
  });
});
