import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { COUNTERS, GAUGES, HISTOGRAMS } from "../../src/application/ports/metrics.ts";
import { type ApiClient, apiClient, clientWith } from "../support/api-client.ts";
import { Faults } from "../support/faults.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { until } from "../support/until.ts";
import { speechFile } from "../support/voices/recordings.ts";

const SPEAK = "/api/v1/synthesis/speak";
const BATCHES = "/api/v1/synthesis/batch";
const METRICS_TOKEN = "scrape-me-please";
const VOICE = "en-US-AvaMultilingualNeural";
const SYNTHESIS_BUDGET = 20;

/** Longer than any test. */
const FOREVER_MS = 600_000;

const state = z.object({ id: z.string(), status: z.string() });

let stack: LocalStack;
let faults: Faults;
/** Lines of /metrics after all of it has happened. */
let lines: readonly string[];

beforeAll(async () => {
  stack = await startLocalStack({
    settings: {
      METRICS_TOKEN,
      RATE_LIMIT_SYNTHESIS: String(SYNTHESIS_BUDGET),
      SPEECH_MAX_CONCURRENCY: "1",
      SPEECH_QUEUE_LENGTH: "1",
      SPEECH_QUEUE_WAIT_MS: String(FOREVER_MS),
      SPEECH_FIRST_BYTE_TIMEOUT_MS: String(FOREVER_MS),
    },
  });
  faults = new Faults(stack.parts);
  await speakTwice();
  await trainVoice();
  await endBatches();
  await fillQueue();
  await overrunBudget();
  await beThrottled();
  lines = await metricLines();
});

afterAll(() => stack.close());

function user(): Promise<ApiClient> {
  return apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
}

async function statusOf(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  await response.arrayBuffer();
  return response.status;
}

function speak(api: ApiClient, text: string, path = SPEAK): Promise<number> {
  return statusOf(api.postJson(path, { text, voice: VOICE }));
}

async function untilStatus(api: ApiClient, path: string, status: string): Promise<void> {
  await until(
    async () => state.parse(await (await api.get(path)).json()),
    (found) => found.status === status,
  );
}

/** Whole, from the cache, streamed, and refused. */
async function speakTwice(): Promise<void> {
  const api = await user();
  expect(await speak(api, "Once and again.")).toBe(200);
  expect(await speak(api, "Once and again.")).toBe(200);
  expect(await speak(api, "As a stream.", `${SPEAK}/stream`)).toBe(200);
  expect(await speak(api, "")).toBe(422);
}

async function trainVoice(): Promise<void> {
  const api = await user();
  const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
  const names = { voiceTalentName: "Sample Speaker", companyName: "Sample Company", locale: "en-US" };
  const form = { ...names, name: "Narrator", kind: "personal", consent, samples };
  const { id } = state.parse(await (await api.postForm("/api/v1/voices/train", form)).json());
  await untilStatus(api, `/api/v1/voices/${id}`, "ready");
}

/** One with an item that is spoken and one that cannot be, and one that is canceled. */
async function endBatches(): Promise<void> {
  const api = await user();
  const items = [
    { id: "good", text: "Spoken." },
    { id: "bad", text: "Not spoken.", voice: "en-US-NobodyNeural" },
  ];
  const mixed = state.parse(
    await (await api.postJson(BATCHES, { items, defaults: { voice: VOICE } })).json(),
  );
  await untilStatus(api, `${BATCHES}/${mixed.id}`, "completed-with-errors");
  await faults.add({ service: "speech", action: { kind: "silence" }, times: 1 });
  const slow = state.parse(
    await (
      await api.postJson(BATCHES, { items: [{ text: "Never spoken." }], defaults: { voice: VOICE } })
    ).json(),
  );
  await untilStatus(api, `${BATCHES}/${slow.id}`, "running");
  expect(await statusOf(api.send(`${BATCHES}/${slow.id}/cancel`, { method: "POST" }))).toBe(202);
  await untilStatus(api, `${BATCHES}/${slow.id}`, "canceled");
  await faults.clear();
}

/** One is spoken until its client leaves, one waits, and there is no place for another. */
async function fillQueue(): Promise<void> {
  await faults.add({ service: "speech", action: { kind: "latency", latencyMs: FOREVER_MS } });
  const api = await user();
  const leave = new AbortController();
  const one = statusOf(
    api.send(SPEAK, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: "One.", voice: VOICE }),
      signal: leave.signal,
    }),
  ).catch(() => "left");
  await until(
    () => faults.list(),
    ({ length }) => length === 0,
  );
  const two = speak(api, "Two.");
  await until(metricLines, (now) => now.some((line) => /^voice_queue_length(\{.*\})? 1$/.test(line)));
  expect(await speak(api, "Three.")).toBe(429);
  leave.abort();
  expect([await one, await two]).toEqual(["left", 200]);
}

async function metricLines(): Promise<readonly string[]> {
  const scraper = clientWith(stack.url, { authorization: `Bearer ${METRICS_TOKEN}` });
  return (await (await scraper.get("/metrics")).text()).split("\n");
}

async function overrunBudget(): Promise<void> {
  const api = await user();
  const requests = Array.from({ length: SYNTHESIS_BUDGET + 1 }, () => speak(api, ""));
  expect(await Promise.all(requests)).toContain(429);
}

async function beThrottled(): Promise<void> {
  const api = await user();
  await faults.add({ service: "speech", action: { kind: "throttle", retryAfterSeconds: 0 }, times: 50 });
  expect(await speak(api, "Throttled.")).toBe(429);
  await faults.clear();
}

/** The sum of all samples with these labels. */
function valueOf(name: string, labels: readonly string[] = []): number {
  return lines
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => labels.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

describe("the metrics of an app that has worked", () => {
  it.each(Object.keys(COUNTERS))("count in %s", (name) => {
    expect(valueOf(name)).toBeGreaterThan(0);
  });

  it.each(Object.keys(HISTOGRAMS))("observe in %s", (name) => {
    expect(valueOf(`${name}_count`)).toBeGreaterThan(0);
    expect(valueOf(`${name}_sum`)).toBeGreaterThan(0);
  });

  it.each(Object.keys(GAUGES))("show %s", (name) => {
    expect(lines.some((line) => new RegExp(`^${name}(\\{.*\\})? [0-9.]+$`).test(line))).toBe(true);
  });

  it.each([
    ["requests by route", "voice_requests_total", ['operation="speak"', 'status="200"']],
    ["errors by route", "voice_request_errors_total", ['operation="speak"', 'code="request-invalid"']],
    ["durations by route", "voice_request_duration_seconds_count", ['operation="getVoice"']],
    ["first audio of streams", "voice_time_to_first_audio_seconds_count", ['mode="stream"']],
    ["cache hits", "voice_cache_requests_total", ['result="hit"']],
    ["upstream 429s", "voice_upstream_throttled_total", ['service="speech"']],
    ["stages of trainings", "voice_training_stages_total", ['outcome="succeeded"']],
  ])("tell %s", (_what, name, labels) => {
    expect(valueOf(name, labels)).toBeGreaterThan(0);
  });

  it.each(["succeeded", "failed", "canceled"])("count a batch item that %s once", (status) => {
    expect(valueOf("voice_batch_items_total", [`status="${status}"`])).toBe(1);
  });

  it("show a limit that is lower than the configured one", () => {
    expect(valueOf("voice_effective_limit_ratio", ['class="synthesis"'])).toBeLessThan(1);
  });
});
