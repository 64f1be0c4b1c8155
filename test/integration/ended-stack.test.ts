import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiClient, type ApiClient } from "../support/api-client.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { freePortBlock } from "../support/port-block.ts";
import { until } from "../support/until.ts";

const TIMEOUT_MS = 60_000;

/** After the last call has its answer. */
const END_MS = 1_000;

let dataDirectory: string;
let port: number;
let stack: LocalStack;
let api: ApiClient;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "ended-stack-"));
  port = await freePortBlock();
  await start();
}, TIMEOUT_MS);

afterAll(async () => {
  await stack.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function start(): Promise<void> {
  stack = await startLocalStack({ dataDirectory, port });
  api = await apiClient({ baseUrl: stack.url, dataDirectory, name: "witness" });
}

function speak(text: string): Promise<Response> {
  return api.postJson("/api/v1/synthesis/speak", {
    text,
    voice: "en-US-AvaMultilingualNeural",
    format: "mp3",
  });
}

/** Resolves when the call waits for Speech, which takes its time. */
async function speakSlowly(text: string): Promise<{ readonly answer: Promise<Response | Error> }> {
  const faults = `${stack.parts["Faults"]}/faults`;
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ service: "speech", action: { kind: "latency", latencyMs: 1_500 } });
  await fetch(faults, { method: "POST", headers, body });
  const answer = speak(text).catch((error: Error) => error);
  await until(
    async () => (await fetch(faults)).text(),
    (waiting) => waiting === '{"faults":[]}',
  );
  return { answer };
}

/** What the history has of this text, after another start. */
async function rememberedOf(text: string): Promise<readonly string[]> {
  const answer = await api.get(`/api/v1/synthesis/history?q=${encodeURIComponent(text)}`);
  const { items } = (await answer.json()) as { readonly items: readonly { readonly preview: string }[] };
  return items.map(({ preview }) => preview);
}

describe("the stack, when its process is told to end", { timeout: TIMEOUT_MS }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s alone, answers the call that runs, then leaves no process, and has all data at the next start",
    async (signal) => {
      const { answer } = await speakSlowly(`Spoken before ${signal}.`);

      const ended = stack.end(signal);
      const spoken = await answer;
      const sizeBytes = spoken instanceof Response ? (await spoken.arrayBuffer()).byteLength : 0;
      const answeredMs = performance.now();
      await ended;
      const endMs = performance.now() - answeredMs;
      await start();

      expect(spoken).toMatchObject({ status: 200 });
      expect(sizeBytes).toBeGreaterThan(1_000);
      expect(endMs).toBeLessThan(END_MS);
      expect(await rememberedOf(`Spoken before ${signal}.`)).toEqual([`Spoken before ${signal}.`]);
    },
  );

  it("by SIGKILL, leaves no process, and has at the next start what was answered before", async () => {
    const kept = await speak("Answered before the kill.");
    await kept.arrayBuffer();
    const { answer } = await speakSlowly("Still running at the kill.");

    const killedMs = performance.now();
    await stack.end("SIGKILL");
    const endMs = performance.now() - killedMs;
    const broken = await answer;
    await start();

    expect(broken).toBeInstanceOf(Error);
    expect(endMs).toBeLessThan(END_MS);
    expect(await rememberedOf("Answered before the kill.")).toEqual(["Answered before the kill."]);
    expect(await rememberedOf("Still running at the kill.")).toEqual([]);
  });
});
