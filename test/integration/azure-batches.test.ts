import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseWav } from "../../local/speech/voice/parse-wav.ts";
import { medianPitchHz } from "../../local/speech/voice/pitch.ts";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { azureJobsOf, callsOf } from "../support/azure-jobs.ts";
import { allItems, BATCH_VOICE, endedBatch, manyItems, readBatch, sendBatch } from "../support/batch-api.ts";
import { Faults } from "../support/faults.ts";
import { appProcess, type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { freePortBlock } from "../support/port-block.ts";
import { until } from "../support/until.ts";
import { unzip } from "../support/unzip.ts";
import { readyPersonalVoice } from "../support/voices/ready-personal-voice.ts";

const DEADLINE_MS = 60_000;

/** A hundredth of a second: the stand-in's voice is not the same to the sample. */
const SAME_BYTES = 480;

/** A stack of its own: it counts what all its clients do. */
let local: LocalStack;
let faults: Faults;
let speech: string;

beforeAll(async () => {
  local = await startLocalStack();
  faults = new Faults(local.parts);
  speech = local.parts["Speech"] ?? "";
});

afterAll(() => local.close());

async function client(): Promise<ApiClient> {
  return apiClient({ baseUrl: local.url, dataDirectory: local.dataDirectory });
}

async function spokenWav(api: ApiClient, body: object): Promise<Buffer> {
  const response = await api.postJson("/api/v1/synthesis/speak", {
    voice: BATCH_VOICE,
    format: "wav",
    ...body,
  });
  return Buffer.from(await response.arrayBuffer());
}

async function archiveOf(api: ApiClient, id: string): Promise<Record<string, string>> {
  const archive = await api.get(`/api/v1/synthesis/batch/${id}/archive`);
  return unzip(Buffer.from(await archive.arrayBuffer()));
}

describe("a batch with mode azure-batch", () => {
  it("leaves the same files as any other batch, pronounced by the lexicon, and nothing at Azure", async () => {
    const api = await client();
    const entry = await api.postJson("/api/v1/lexicon", {
      grapheme: "SQL",
      alias: "structured query language",
      locale: "*",
    });
    await entry.body?.cancel();
    const text = "SQL is spoken here. Twice.";

    const sent = await sendBatch(api, {
      mode: "azure-batch",
      items: [
        { id: "text", text },
        { id: "markup", ssml: ssmlOf("Spoken from markup.") },
      ],
      defaults: { voice: BATCH_VOICE, format: "wav" },
      output: { captions: ["srt", "vtt"], concatenate: true },
    });
    const batch = await endedBatch(api, sent.id, DEADLINE_MS);
    const files = await archiveOf(api, sent.id);
    const [spoken, plain] = await Promise.all([
      spokenWav(api, { text }),
      spokenWav(api, { text, lexicon: [] }),
    ]);

    expect(entry.status).toBe(201);
    expect(sent).toMatchObject({ status: "pending", mode: "azure-batch" });
    expect(batch).toMatchObject({ status: "completed", counts: { total: 2, succeeded: 2, failed: 0 } });
    expect(Object.keys(files).toSorted()).toEqual(
      ["markup", "text"]
        .flatMap((name) => ["srt", "vtt", "wav"].map((extension) => `${name}.${extension}`))
        .concat("manifest.json", "_joined.wav")
        .toSorted(),
    );
    expect(Math.abs((files["text.wav"] ?? "").length - spoken.length)).toBeLessThan(SAME_BYTES);
    expect(Math.abs(plain.length - spoken.length)).toBeGreaterThan(SAME_BYTES);
    expect(files["text.srt"]).toContain("SQL is spoken here.");
    expect(JSON.parse(files["manifest.json"] ?? "")).toMatchObject({
      items: [{ id: "text", state: "succeeded", attempts: 1, characters: text.length }, { id: "markup" }],
    });
    expect(await azureJobsOf(speech, sent.id)).toEqual([]);
  });

  it("speaks formats side by side, and fails only what Azure or the voice refuses", async () => {
    const api = await client();
    const before = await callsOf(local.parts["Faults"] ?? "", "batch-synthesis", "PUT /batchsyntheses/{id}");
    await faults.add({
      service: "batch-synthesis",
      match: { input: "3" },
      action: { kind: "refuse-input" },
    });

    const { id } = await sendBatch(api, {
      mode: "azure-batch",
      items: [
        ...manyItems(3),
        { id: "nobody", text: "Nobody says this.", voice: "xx-XX-None" },
        { id: "other-format", text: "In another format.", format: "ogg-opus" },
        { id: "openai", ssml: ssmlOf("Not at Azure.", "openai:alloy") },
      ],
    });
    const batch = await endedBatch(api, id, DEADLINE_MS);
    const items = await allItems(api, id);
    const retried = await api.postJson(`/api/v1/synthesis/batch/${id}/retry`, {});
    await retried.body?.cancel();
    const again = await endedBatch(api, id, DEADLINE_MS);
    const after = await callsOf(local.parts["Faults"] ?? "", "batch-synthesis", "PUT /batchsyntheses/{id}");

    expect(batch).toMatchObject({
      status: "completed-with-errors",
      counts: { succeeded: 3, failed: 3, canceled: 0 },
    });
    expect(items.map(({ error }) => error?.code ?? null)).toEqual([
      null,
      null,
      "azure-batch-refused",
      "voice-not-found",
      null,
      "azure-batch-unsupported",
    ]);
    expect(again).toMatchObject({ counts: { succeeded: 4, failed: 2 } });
    expect(after - before).toBe(3);
  });

  it("speaks with a personal voice", async () => {
    const api = await client();
    const voiceId = await readyPersonalVoice(api);

    const { id } = await sendBatch(api, {
      mode: "azure-batch",
      items: [{ id: "own", text: "Spoken with a voice of our own." }],
      defaults: { voiceId, format: "wav" },
    });
    const batch = await endedBatch(api, id, DEADLINE_MS);
    const files = await archiveOf(api, id);
    const text = "Spoken with a voice of our own.";
    const spoken = await spokenWav(api, { text, voice: undefined, voiceId });
    const other = await spokenWav(api, { text, voice: "en-US-AndrewMultilingualNeural" });

    expect(batch).toMatchObject({ status: "completed" });
    expect(semitonesBetween(bytesOf(files["own.wav"]), spoken)).toBeLessThan(1);
    expect(semitonesBetween(bytesOf(files["own.wav"]), other)).toBeGreaterThan(2);
  });

  it("is stopped with its job at Azure, before a result has come", async () => {
    const api = await client();
    const { id } = await sendBatch(api, { mode: "azure-batch", items: manyItems(300) });
    await until(
      () => azureJobsOf(speech, id),
      (jobs) => jobs.length > 0,
    );

    const canceled = await api.postJson(`/api/v1/synthesis/batch/${id}/cancel`, {});
    await canceled.body?.cancel();
    const batch = await endedBatch(api, id);

    expect(canceled.status).toBe(202);
    expect(batch).toMatchObject({ status: "canceled", counts: { total: 300, canceled: 300 } });
    expect(await azureJobsOf(speech, id)).toEqual([]);
  });

  it("outlives a service that is down while it is asked", async () => {
    const api = await client();
    await faults.add({ service: "batch-synthesis", action: { kind: "status", status: 503 }, times: 3 });

    const { id } = await sendBatch(api, { mode: "azure-batch", items: manyItems(3) });
    const batch = await endedBatch(api, id, DEADLINE_MS);

    expect(batch).toMatchObject({ status: "completed", counts: { succeeded: 3 } });
    expect(await faults.list()).toEqual([]);
  });
});

describe("a batch with mode azure-batch whose host is killed", () => {
  let own: LocalStack | undefined;

  afterAll(() => own?.close());

  it("loses nothing and has no item spoken twice", { timeout: 300_000 }, async () => {
    own = await startLocalStack({ port: await freePortBlock() });
    const running = own;
    const api = await apiClient({ baseUrl: own.url, dataDirectory: own.dataDirectory });
    const killApp = async (): Promise<void> => {
      const victim = appProcess(running);
      process.kill(victim ?? Number.NaN, "SIGKILL");
      await until(
        async () => appProcess(running),
        (next) => next !== undefined && next !== victim,
        DEADLINE_MS,
      );
    };

    const { id } = await sendBatch(api, { mode: "azure-batch", items: manyItems(150) });
    await until(
      () => azureJobsOf(running.parts["Speech"] ?? "", id),
      (jobs) => jobs.length > 0,
      DEADLINE_MS,
    );
    await killApp();
    await until(
      () => readBatch(api, id),
      ({ counts }) => (counts["succeeded"] ?? 0) > 0,
      DEADLINE_MS,
    );
    await killApp();
    const batch = await endedBatch(api, id, DEADLINE_MS);
    const items = await allItems(api, id);

    expect(batch).toMatchObject({ status: "completed", counts: { total: 150, succeeded: 150 } });
    expect(items.filter(({ audioUrl, attempts }) => audioUrl === null || attempts !== 1)).toEqual([]);
    expect(await callsOf(own.parts["Faults"] ?? "", "batch-synthesis", "speak input")).toBe(150);
    expect(await azureJobsOf(own.parts["Speech"] ?? "", id)).toEqual([]);
  });
});

function bytesOf(file = ""): Buffer {
  return Buffer.from(file, "latin1");
}

function semitonesBetween(one: Buffer, other: Buffer): number {
  const [oneHz = 0, otherHz = 0] = [one, other].map((file) => {
    const { samples, sampleRateHz } = parseWav(new Uint8Array(file));
    return medianPitchHz(samples, sampleRateHz);
  });
  return Math.abs(12 * Math.log2(oneHz / otherHz));
}

function ssmlOf(text: string, voice = BATCH_VOICE): string {
  return (
    `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">` +
    `<voice name="${voice}">${text}</voice></speak>`
  );
}
