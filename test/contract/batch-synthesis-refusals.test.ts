import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BatchResource } from "../support/batch-resource.ts";
import { recordingSpeak } from "../support/fake-speak.ts";
import type { RecordingSpeak } from "../support/fake-speak.ts";

let speaker: RecordingSpeak;
let resource: BatchResource;

beforeEach(async () => {
  speaker = recordingSpeak();
  resource = new BatchResource({ speak: speaker.speak });
  await resource.start();
});

afterEach(() => resource.dispose());

const plainText = {
  inputKind: "PlainText",
  inputs: [{ content: "Hello 你好" }, { content: "A < B" }],
  synthesisConfig: { voice: "en-US-AvaMultilingualNeural" },
};

describe("a new batch synthesis", () => {
  it.each([
    ["The inputKind is required.", { inputKind: undefined }],
    ["The inputKind is invalid.", { inputKind: "Text" }],
    ["The inputs is required.", { inputs: undefined }],
    ["The inputs is invalid.", { inputs: [] }],
    ["The inputs is invalid.", { inputs: Array.from({ length: 10_001 }, () => ({ content: "a" })) }],
    ["The inputs.0.content is required.", { inputs: [{}] }],
    ["The synthesisConfig is required.", { synthesisConfig: undefined }],
    ["The synthesisConfig.voice is required.", { synthesisConfig: {} }],
    ["The customVoices.OneNeural is invalid.", { customVoices: { OneNeural: "endpoint" } }],
    ["The properties.timeToLiveInHours is invalid.", { properties: { timeToLiveInHours: 745 } }],
    ["The properties.outputFormat is invalid.", { properties: { outputFormat: "amr-wb-16000hz" } }],
    [
      "The properties.destinationContainerUrl is required to decompress output files.",
      { properties: { decompressOutputFiles: true } },
    ],
  ])("is refused: %s", async (message, change) => {
    const { status, body } = await resource.call("PUT", "/batchsyntheses/job-1", { ...plainText, ...change });

    expect(status).toBe(400);
    expect(body).toEqual({ error: { code: "BadRequest", message } });
  });

  it("is refused when its id is taken", async () => {
    await resource.call("PUT", "/batchsyntheses/job-1", plainText);

    const { status } = await resource.call("PUT", "/batchsyntheses/job-1", plainText);

    expect(status).toBe(400);
  });

  it("is refused when its id breaks the rules", async () => {
    const { status } = await resource.call("PUT", "/batchsyntheses/-job", plainText);

    expect(status).toBe(400);
  });

  it("is refused over 2 MB", async () => {
    const inputs = [{ content: "a".repeat(2 * 1024 * 1024) }];

    const { status } = await resource.call("PUT", "/batchsyntheses/job-1", { ...plainText, inputs });

    expect(status).toBe(413);
  });

  it("is refused after 100 requests in 10 seconds", async () => {
    const limited = new BatchResource({ speak: speaker.speak, limitsRate: true });
    await limited.start();
    for (let request = 0; request < 100; request++) {
      await limited.call("GET", "/batchsyntheses");
    }

    const { status } = await limited.call("PUT", "/batchsyntheses/job-1", plainText);
    await limited.dispose();

    expect(status).toBe(429);
  });
});
