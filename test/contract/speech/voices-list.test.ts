import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createControl } from "../../../local/faults/control.ts";
import type { FaultAction } from "../../../local/faults/fault.ts";
import { noCustomVoices } from "../../../local/speech/speech-state.ts";
import { type RunningSpeech, startSpeech } from "../../../local/speech/start-speech.ts";
import { azureVoiceCatalog } from "../../../src/adapters/azure-speech/voices-list/azure-voice-catalog.ts";

const MAX_RETRIES = 2;
const control = createControl();

let speech: RunningSpeech;

beforeAll(async () => {
  speech = await startSpeech({ port: 0, key: "local-key", state: noCustomVoices, control });
});

afterEach(() => control.faults.clear());

afterAll(async () => {
  await speech.close();
});

async function voiceNames(): Promise<readonly string[]> {
  const catalog = azureVoiceCatalog({
    host: speech.url,
    credential: async () => ["ocp-apim-subscription-key", "local-key"],
    resilience: { baseDelayMs: 1, maxRetries: MAX_RETRIES },
  });
  return (await catalog.list()).map(({ name }) => name);
}

function fault(action: FaultAction, times: number): void {
  control.faults.add({ service: "speech", match: {}, action, times });
}

describe("the list of voices in trouble", () => {
  it.each<[string, FaultAction]>([
    ["a gateway error", { kind: "status", status: 500 }],
    ["throttling", { kind: "throttle" }],
    ["an answer that is cut while it is read", { kind: "cut", afterBytes: 100 }],
  ])("is asked for again after %s", async (_, action) => {
    fault(action, MAX_RETRIES);

    expect(await voiceNames()).toContain("en-US-AvaMultilingualNeural");
  });

  it.each<[string, FaultAction, string]>([
    ["every answer is cut", { kind: "cut", afterBytes: 100 }, "speech-unavailable"],
    ["the service stays over its quota", { kind: "throttle" }, "speech-throttled"],
    ["the service asks for a long wait", { kind: "throttle", retryAfterSeconds: 60 }, "speech-throttled"],
  ])("fails with a code that says to try later when %s", async (_, action, code) => {
    fault(action, 1 + MAX_RETRIES);

    await expect(voiceNames()).rejects.toMatchObject({ code, retryable: true });
  });
});
