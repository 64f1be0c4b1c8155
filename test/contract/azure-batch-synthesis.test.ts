import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { azureBatchSynthesis } from "../../src/adapters/azure-speech/batch-synthesis/azure-batch-synthesis.ts";
import { batchSynthesisClient } from "../../src/adapters/azure-speech/batch-synthesis/batch-synthesis-client.ts";
import type { BatchSynthesisJob } from "../../src/application/ports/batch-synthesis.ts";
import type { FaultRequest } from "../../local/faults/fault.ts";
import { BatchResource } from "../support/batch-resource.ts";
import { type RecordingSpeak, recordingSpeak } from "../support/fake-speak.ts";

let speaker: RecordingSpeak;
let resource: BatchResource;

const limited = () => AbortSignal.timeout(10_000);

function serviceAt(url: string, key = "speech-key") {
  const credential = async () => ["ocp-apim-subscription-key", key] as const;
  return azureBatchSynthesis(batchSynthesisClient({ endpoint: url, credential }));
}

function jobOf(documents: readonly string[], more: Partial<BatchSynthesisJob> = {}): BatchSynthesisJob {
  return {
    id: "batch_1-1-0-1-0",
    documents,
    outputFormat: "raw-24khz-16bit-mono-pcm",
    deployments: {},
    hasWordTimes: false,
    ...more,
  };
}

const GOOD = "<speak>good</speak>";
const BAD = "<speak><bad/></speak>";

/** Made, and spoken to its end. */
async function endedJob(documents: readonly string[], more: Partial<BatchSynthesisJob> = {}) {
  const service = serviceAt(resource.url);
  const job = jobOf(documents, more);
  await service.create(job);
  await resource.advance();
  return { service, job };
}

beforeEach(async () => {
  speaker = recordingSpeak();
  resource = new BatchResource({ speak: speaker.speak });
  await resource.start();
});

afterEach(() => resource.dispose());

describe("Azure's batch synthesis, as a port", () => {
  it("speaks documents and gives audio and words of each", async () => {
    const { service, job } = await endedJob([GOOD, GOOD], { hasWordTimes: true });

    const results = await service.results(job.id);
    const audio = await new Response(await results.audio(1, limited())).text();

    expect(await service.state(job.id)).toEqual({ state: "succeeded" });
    expect(results.outcomes).toEqual([
      { kind: "spoken", durationMs: 1_000 },
      { kind: "spoken", durationMs: 1_000 },
    ]);
    expect(audio).toBe("first second");
    expect(await results.words(1, limited())).toEqual([
      { text: "Hello", startMs: 50, durationMs: 400 },
      { text: "you", startMs: 500, durationMs: 400 },
      { text: ".", startMs: 900, durationMs: 50 },
    ]);
  });

  it("runs until it has ended, and makes a job once however often it is asked to", async () => {
    const service = serviceAt(resource.url);

    await service.create(jobOf([GOOD]));
    await service.create(jobOf([GOOD]));
    const running = await service.state(jobOf([]).id);
    await resource.advance();
    await service.create(jobOf([GOOD]));

    expect(running).toEqual({ state: "running" });
    expect(speaker.requests).toHaveLength(1);
  });

  it("tells which document was refused, and why, between those that were spoken", async () => {
    const { service, job } = await endedJob([GOOD, BAD, GOOD]);

    const results = await service.results(job.id);

    expect(results.outcomes.map(({ kind }) => kind)).toEqual(["spoken", "refused", "spoken"]);
    expect(results.outcomes[1]).toMatchObject({ reason: "Unsupported voice bad." });
    await expect(results.audio(1, limited())).rejects.toMatchObject({ code: "speech-unavailable" });
    expect(await results.words(0, limited())).toEqual([]);
  });

  it("fails for good when no document can be spoken", async () => {
    const { service, job } = await endedJob([BAD]);

    expect(await service.state(job.id)).toMatchObject({ state: "failed", isTransient: false });
    await expect(service.results(job.id)).rejects.toMatchObject({ code: "speech-unavailable" });
  });

  it("names the deployments of professional voices", async () => {
    const deploymentId = "9f50c644-2121-40e9-9ea7-544e48bfe3cb";
    const document = `<speak><voice name="OneNeural">Hi</voice></speak>`;

    await endedJob([document], { deployments: { OneNeural: deploymentId } });

    expect(speaker.requests[0]).toMatchObject({ ssml: document, deploymentId });
  });

  it("does not know a job that it was told to forget, twice", async () => {
    const { service, job } = await endedJob([GOOD]);

    await service.delete(job.id);
    await service.delete(job.id);

    expect(await service.state(job.id)).toEqual({ state: "missing" });
  });

  it("reads archives of several blocks", async () => {
    const large = "x".repeat(3 * 1024 * 1024);
    const speaking = new BatchResource({
      speak: async function* speak() {
        yield { kind: "audio", bytes: Buffer.from(large) };
        yield { kind: "end", durationMs: 5 };
      },
    });
    await speaking.start();
    try {
      const service = serviceAt(speaking.url);
      await service.create(jobOf([GOOD, GOOD]));
      await speaking.advance();

      const results = await service.results(jobOf([]).id);

      expect((await new Response(await results.audio(1, limited())).text()) === large).toBe(true);
    } finally {
      await speaking.dispose();
    }
  });

  it.each([
    ["a key that is wrong", "speech-unauthorized", { key: "other" }],
    ["too many requests", "speech-throttled", { fault: { kind: "throttle", retryAfterSeconds: 7 } }],
    ["a service that is down", "speech-unavailable", { fault: { kind: "status", status: 503 } }],
  ] as const)(
    "tells %s as %s",
    async (_name, code, { key, fault }: { key?: string; fault?: FaultRequest["action"] }) => {
      if (fault !== undefined) {
        resource.fail(fault);
      }

      const attempt = serviceAt(resource.url, key).state("job-1");

      await expect(attempt).rejects.toMatchObject({ code });
    },
  );

  it("tells what Azure refuses as its own, with Azure's words", async () => {
    const attempt = serviceAt(resource.url).create(jobOf([GOOD], { outputFormat: "amr-wb-16000hz" }));

    await expect(attempt).rejects.toMatchObject({
      code: "azure-batch-refused",
      message: expect.stringContaining("The properties.outputFormat is invalid."),
      details: { upstreamStatus: 400 },
    });
  });

  it("finds the job that it made although the answer was lost", async () => {
    resource.fail({ kind: "lose-answer" }, { method: "PUT" });

    await serviceAt(resource.url).create(jobOf([GOOD]));
    await resource.advance();

    expect(speaker.requests).toHaveLength(1);
  });

  it("cannot be reached where nobody listens", async () => {
    const { url } = resource;
    await resource.stop();

    await expect(serviceAt(url).state("job-1")).rejects.toMatchObject({ code: "speech-unavailable" });

    await resource.start();
  });
});
