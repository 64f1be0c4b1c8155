import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import type { FaultAction } from "../../../local/faults/fault.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { type RunningSpeech, startSpeech } from "../../../local/speech/start-speech.ts";
import { AzureSpeechSynthesizer } from "../../../src/adapters/azure-speech/azure-speech-synthesizer.ts";
import type { SpeechEvent } from "../../../src/application/ports/speech-synthesizer.ts";

const VOICE = "en-US-AvaMultilingualNeural";
const PATIENT = { firstByteMs: 10_000, idleMs: 10_000 };
const IMPATIENT = { firstByteMs: 400, idleMs: 400 };

const control = createControl();
const deadlines = { ...PATIENT };

let speech: RunningSpeech;
let synthesizer: AzureSpeechSynthesizer;

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: "local-key", state: noCustomVoices, control });
  synthesizer = new AzureSpeechSynthesizer({
    connection: {
      region: "local",
      standardUrl: speech.url,
      deploymentUrl: `${speech.url}/voice`,
      credential: () => Promise.resolve({ kind: "key", key: "local-key" }),
    },
    deadlines,
    resilience: { baseDelayMs: 1, failuresToOpen: 1_000 },
  });
});

afterEach(() => {
  control.faults.clear();
  Object.assign(deadlines, PATIENT);
});

afterAll(async () => {
  synthesizer.close();
  await speech.close();
});

function fault(action: FaultAction, times: number): void {
  control.faults.add({ service: "speech", match: {}, action, times });
}

function request(text: string) {
  return {
    ssml: `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US"><voice name="${VOICE}">${text}</voice></speak>`,
    outputFormat: "raw-16khz-16bit-mono-pcm",
    target: { kind: "standard" },
    voiceName: VOICE,
    visemes: false,
  } as const;
}

const never = () => new AbortController().signal;

async function plain(text = "Hello."): Promise<number> {
  const stream = await synthesizer.synthesize(request(text), never());
  return (await new Response(stream).arrayBuffer()).byteLength;
}

async function withEvents(text = "Hello."): Promise<readonly SpeechEvent["kind"][]> {
  const kinds: SpeechEvent["kind"][] = [];
  for await (const { kind } of synthesizer.synthesizeWithEvents(request(text), never())) {
    kinds.push(kind);
  }
  return kinds;
}

describe("Azure Speech in trouble", () => {
  it("is asked again after a passing failure, with and without events", async () => {
    fault({ kind: "status", status: 503 }, 1);
    expect(await plain()).toBeGreaterThan(0);

    fault({ kind: "close", code: 1011 }, 1);
    expect(await withEvents()).toContain("word");
  });

  it.each<[string, FaultAction, string]>([
    ["throttling", { kind: "throttle", retryAfterSeconds: 60 }, "speech-throttled"],
    ["a lasting 500", { kind: "status", status: 500 }, "speech-unavailable"],
  ])("tells %s, with and without events", async (_, action, code) => {
    fault(action, 20);

    await expect(plain()).rejects.toMatchObject({ code });
    await expect(withEvents()).rejects.toMatchObject({ code });
  });

  it("tells silence beyond the deadline, with and without events", async () => {
    Object.assign(deadlines, IMPATIENT);
    fault({ kind: "silence" }, 20);

    await expect(plain()).rejects.toMatchObject({ code: "speech-unavailable" });
    await expect(withEvents()).rejects.toMatchObject({ code: "speech-unavailable" });
  });

  it.each<[number, string]>([
    [1007, "ssml-invalid"],
    [4429, "speech-throttled"],
    [1013, "speech-throttled"],
  ])("tells the close code %i as %s", async (closeCode, code) => {
    const action = { kind: "close", code: closeCode, reason: "Because." } as FaultAction;
    fault(action, 20);

    await expect(withEvents()).rejects.toMatchObject({ code });
  });

  it("never passes a synthesis off as whole that was cut in the middle", async () => {
    fault({ kind: "cut", afterBytes: 4_000 }, 1);

    await expect(plain("A sentence that is long enough to be cut.")).rejects.toMatchObject({
      code: "speech-unavailable",
    });
  });

  it("speaks without words when only the websocket is refused", async () => {
    fault({ kind: "close", code: 1006 }, 1);

    expect(new Set(await withEvents())).toEqual(new Set(["audio"]));
  });

  it("speaks again when the trouble is over", async () => {
    Object.assign(deadlines, IMPATIENT);
    fault({ kind: "silence" }, 20);
    await expect(withEvents()).rejects.toMatchObject({ code: "speech-unavailable" });

    control.faults.clear();
    Object.assign(deadlines, PATIENT);

    expect(await withEvents()).toContain("word");
    expect(await plain()).toBeGreaterThan(0);
  });
});
