import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiClient, type ApiClient } from "../support/api-client.ts";
import { Faults } from "../support/faults.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { freePortBlock } from "../support/port-block.ts";
import { until } from "../support/until.ts";

/** Shorter than the host waits for calls that run. */
const LATENCY_MS = 1_500;

/** What the host says when it ends calls that run. */
const BROKEN_OFF = "The host stops although";

let dataDirectory: string;
let port: number;
let stack: LocalStack;
let api: ApiClient;
let lines: string[];

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), "ended-stack-"));
  port = await freePortBlock();
  await start();
});

afterAll(async () => {
  await stack.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function start(): Promise<void> {
  lines = [];
  stack = await startLocalStack({ dataDirectory, port, onLine: (line) => lines.push(line) });
  api = await apiClient({ baseUrl: stack.url, dataDirectory, name: "witness" });
  await (await speak("Everything is opened at first use.")).arrayBuffer();
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
  const faults = new Faults(stack.parts);
  await faults.add({ service: "speech", action: { kind: "latency", latencyMs: LATENCY_MS } });
  const answer = speak(text).catch((error: Error) => error);
  await until(
    () => faults.list(),
    ({ length }) => length === 0,
  );
  return { answer };
}

/** What the history has of this text, after another start. */
async function rememberedOf(text: string): Promise<readonly string[]> {
  const answer = await api.get(`/api/v1/synthesis/history?q=${encodeURIComponent(text)}`);
  const { items } = (await answer.json()) as { readonly items: readonly { readonly preview: string }[] };
  return items.map(({ preview }) => preview);
}

describe("the stack, when its process is told to end", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s alone, answers the call that runs, then leaves no process, and has all data at the next start",
    async (signal) => {
      const { answer } = await speakSlowly(`Spoken before ${signal}.`);

      const ended = stack.end(signal);
      const spoken = await answer;
      const sizeBytes = spoken instanceof Response ? (await spoken.arrayBuffer()).byteLength : 0;
      await ended;
      const printed = lines.join("\n");
      await start();

      expect(spoken).toMatchObject({ status: 200 });
      expect(sizeBytes).toBeGreaterThan(1_000);
      expect(printed).toContain("Stopping ...");
      expect(printed).not.toContain(BROKEN_OFF);
      expect(await rememberedOf(`Spoken before ${signal}.`)).toEqual([`Spoken before ${signal}.`]);
    },
  );

  it("by SIGKILL, leaves no process, and has at the next start what was answered before", async () => {
    const kept = await speak("Answered before the kill.");
    await kept.arrayBuffer();
    const { answer } = await speakSlowly("Still running at the kill.");

    await stack.end("SIGKILL");
    const broken = await answer;
    await start();

    expect(broken).toBeInstanceOf(Error);
    expect(await rememberedOf("Answered before the kill.")).toEqual(["Answered before the kill."]);
    expect(await rememberedOf("Still running at the kill.")).toEqual([]);
  });
});
