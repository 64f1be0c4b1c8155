import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { FaultRequest } from "../../local/faults/fault.ts";
import { type ApiClient, apiClient, clientWith } from "../support/api-client.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { until } from "../support/until.ts";
import { speechFile } from "../support/voices/recordings.ts";

const METRICS_TOKEN = "scrape-me-please";
const SPEAK = "/api/v1/synthesis/speak";
const VOICE = "en-US-AvaMultilingualNeural";

let stack: LocalStack;
let api: ApiClient;

beforeAll(async () => {
  stack = await startLocalStack({ settings: { METRICS_TOKEN } });
  api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
  // The first synthesis asks for the list of voices, which would take a fault that is meant for the synthesis.
  await statusOf(api.postJson(SPEAK, { text: "Warm.", voice: VOICE }));
});

afterAll(() => stack.close());

async function statusOf(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  await response.arrayBuffer();
  return response.status;
}

async function fault(request: FaultRequest): Promise<void> {
  const response = await fetch(`${stack.parts["Faults"]}/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(201);
}

async function throttlingsOf(service: string): Promise<number> {
  const scraper = clientWith(stack.url, { authorization: `Bearer ${METRICS_TOKEN}` });
  const text = await (await scraper.get("/metrics")).text();
  const [, value = "0"] =
    new RegExp(`^voice_upstream_throttled_total\\{service="${service}",.*\\} (\\d+)$`, "m").exec(text) ?? [];
  return Number(value);
}

async function endAzureBatch(): Promise<number> {
  const batches = "/api/v1/synthesis/batch";
  const body = { items: [{ text: "In a job." }], defaults: { voice: VOICE }, mode: "azure-batch" };
  const answer = await api.postJson(batches, body);
  await untilStatus(`${batches}/${await idOf(answer)}`, "completed");
  return answer.status;
}

async function trainVoice(): Promise<number> {
  const [consent, samples] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
  const names = { voiceTalentName: "Sample Speaker", companyName: "Sample Company", locale: "en-US" };
  const form = { ...names, name: "Narrator", kind: "personal", consent, samples };
  const answer = await api.postForm("/api/v1/voices/train", form);
  await untilStatus(`/api/v1/voices/${await idOf(answer)}`, "ready");
  return answer.status;
}

async function idOf(answer: Response): Promise<string> {
  return z.object({ id: z.string() }).parse(await answer.json()).id;
}

async function untilStatus(location: string, wanted: string): Promise<void> {
  await until(
    async () => z.object({ status: z.string() }).parse(await (await api.get(location)).json()),
    ({ status }) => status === wanted,
  );
}

const THROTTLE = { kind: "throttle", retryAfterSeconds: 0 } as const;

/** A call that overcomes a fault. */
interface Overcoming {
  /** As metrics and stand-ins call it. */
  readonly service: string;
  /** Default: {@link THROTTLE}. */
  readonly action?: FaultRequest["action"];
  readonly call: () => Promise<number>;
  readonly status: number;
}

const withTimings = (text: string) => () =>
  statusOf(api.postJson(SPEAK, { text, voice: VOICE, timings: "word" }));

const CASES: readonly (readonly [string, Overcoming])[] = [
  [
    "a synthesis over REST",
    {
      service: "speech",
      call: () => statusOf(api.postJson(SPEAK, { text: "Over REST.", voice: VOICE })),
      status: 200,
    },
  ],
  [
    "a synthesis with timings, told by the close code of throttling",
    {
      service: "speech",
      action: { kind: "close", code: 4429 },
      call: withTimings("By a close code."),
      status: 200,
    },
  ],
  [
    "a synthesis with timings, told in words",
    {
      service: "speech",
      action: { kind: "close", code: 1007, reason: "Quota exceeded." },
      call: withTimings("In words."),
      status: 200,
    },
  ],
  [
    "speech of OpenAI",
    {
      service: "openai",
      call: () => statusOf(api.postJson(SPEAK, { text: "By OpenAI.", voice: "openai:alloy" })),
      status: 200,
    },
  ],
  [
    "a translation",
    {
      service: "translator",
      call: () => statusOf(api.postJson("/api/v1/translations", { text: "Good day", from: "en", to: "de" })),
      status: 200,
    },
  ],
  ["the database", { service: "cosmos", call: () => statusOf(api.get("/api/v1/voices")), status: 200 }],
  ["a training", { service: "custom-voice", call: trainVoice, status: 202 }],
  ["a batch of Azure", { service: "batch-synthesis", call: endAzureBatch, status: 202 }],
];

describe("every answer of Azure over quota is counted, also the one that a retry overcame", () => {
  it.each(CASES)("of %s", async (_what, { service, action = THROTTLE, call, status }) => {
    const before = await throttlingsOf(service);
    await fault({ service, action, times: 1 });

    expect(await call()).toBe(status);

    expect(await throttlingsOf(service)).toBe(before + 1);
  });

  it("and every attempt of a call that is refused in the end", async () => {
    const before = await throttlingsOf("speech");
    await fault({ service: "speech", action: THROTTLE, times: 3 });

    expect(await statusOf(api.postJson(SPEAK, { text: "Refused.", voice: VOICE }))).toBe(429);

    expect(await throttlingsOf("speech")).toBe(before + 3);
  });
});
