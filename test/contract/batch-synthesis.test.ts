import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { speakWithEngine } from "../../local/speech/batch-synthesis/speak-with-engine.ts";
import { SpeechEngine } from "../../local/speech/engine/speech-engine.ts";
import { noCustomVoices } from "../../local/speech/speech-state.ts";
import { readWav } from "../../local/stand-in/wav-file.ts";
import { BatchResource, outputsOf } from "../support/batch-resource.ts";
import { startBlobAccount } from "../support/blob-account.ts";
import type { BlobAccount } from "../support/blob-account.ts";
import { unzip } from "../support/unzip.ts";
import { recordingSpeak } from "../support/fake-speak.ts";
import type { RecordingSpeak } from "../support/fake-speak.ts";

const profileId = "3059912f-a3dc-49e3-bdd0-02e449df1fe3";

let speaker: RecordingSpeak;
let resource: BatchResource;

beforeEach(async () => {
  speaker = recordingSpeak();
  resource = new BatchResource({ speak: speaker.speak });
  await resource.start();
});

afterEach(() => resource.dispose());

async function download(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer());
}

const plainText = {
  inputKind: "PlainText",
  inputs: [{ content: "Hello 你好" }, { content: "A < B" }],
  synthesisConfig: { voice: "en-US-AvaMultilingualNeural" },
};

const ssml = {
  inputKind: "ssml",
  inputs: [{ content: `<speak><voice name="OneNeural">Hi</voice></speak>` }],
};

describe("a batch synthesis", () => {
  it("begins as NotStarted with both operation headers and never tells its inputs", async () => {
    const { status, headers, body } = await resource.call("PUT", "/batchsyntheses/job-1", plainText);

    expect(status).toBe(201);
    expect(headers.get("operation-location")).toContain(`${resource.url}/texttospeech/operations/`);
    expect(body).toMatchObject({ id: "job-1", status: "NotStarted", inputKind: "PlainText" });
    expect(body).not.toHaveProperty("inputs");
    expect(body).toHaveProperty("properties.timeToLiveInHours", 168);
  });

  it("runs, then succeeds with its figures", async () => {
    await resource.call("PUT", "/batchsyntheses/job-1", plainText);
    await resource.advance(500);
    const running = await resource.call("GET", "/batchsyntheses/job-1");
    await resource.advance();

    const { body } = await resource.call("GET", "/batchsyntheses/job-1");

    expect(running.body["status"]).toBe("Running");
    expect(body).toMatchObject({
      status: "Succeeded",
      properties: {
        succeededAudioCount: 2,
        failedAudioCount: 0,
        sizeInBytes: 24,
        durationInMilliseconds: 2000,
        billingDetails: { neuralCharacters: 15, customNeuralCharacters: 0, personalVoiceCharacters: 0 },
      },
    });
  });

  it("leaves an archive with the files as documented", async () => {
    const properties = { wordBoundaryEnabled: true, sentenceBoundaryEnabled: true };
    const job = await resource.run({ ...plainText, properties });

    const files = unzip(await download(outputsOf(job).result));

    expect(Object.keys(files).toSorted()).toEqual([
      "0001.debug.json",
      "0001.sentence.json",
      "0001.wav",
      "0001.word.json",
      "0002.debug.json",
      "0002.sentence.json",
      "0002.wav",
      "0002.word.json",
      "summary.json",
    ]);
    expect(files["0001.wav"]).toBe("first second");
    expect(JSON.parse(files["0001.word.json"] ?? "")).toEqual([
      { Text: "Hello", AudioOffset: 50, Duration: 400 },
      { Text: "you", AudioOffset: 500, Duration: 400 },
      { Text: ".", AudioOffset: 900, Duration: 50 },
    ]);
    expect(JSON.parse(files["0001.sentence.json"] ?? "")).toEqual([
      { Text: "Hello you.", AudioOffset: 50, Duration: 900 },
    ]);
  });

  it("summarizes what became of each input", async () => {
    const inputs = [{ content: "<speak>good</speak>" }, { content: "<speak><bad/></speak>" }];
    const job = await resource.run({ inputKind: "SSML", inputs });

    const summary = await fetch(outputsOf(job).summary);

    expect(job).toMatchObject({
      status: "Succeeded",
      properties: { succeededAudioCount: 1, failedAudioCount: 1 },
    });
    expect(await summary.json()).toEqual({
      jobID: job["internalId"],
      status: "Succeeded",
      results: [
        {
          contents: ["<speak>good</speak>"],
          status: "Succeeded",
          audioFileName: "0001.wav",
          properties: { sizeInBytes: "12", durationInMilliseconds: "1000" },
        },
        {
          contents: ["<speak><bad/></speak>"],
          status: "Failed",
          error: { code: "InvalidInput", message: "Unsupported voice bad." },
        },
      ],
    });
  });

  it("fails when no input can be spoken", async () => {
    const job = await resource.run({ inputKind: "SSML", inputs: [{ content: "<speak><bad/></speak>" }] });

    expect(job).toMatchObject({ status: "Failed", properties: { error: { code: "InvalidInput" } } });
  });

  it("speaks plain text as its configuration says", async () => {
    const synthesisConfig = {
      voice: "DragonLatestNeural",
      speakerProfileId: profileId,
      style: "chat",
      rate: "+10%",
    };

    await resource.run({ ...plainText, inputs: [{ content: "A < B" }], synthesisConfig });

    expect(speaker.requests[0]?.ssml).toContain(
      `<voice name="DragonLatestNeural"><mstts:ttsembedding speakerProfileId="${profileId}">` +
        `<mstts:express-as style="chat"><prosody rate="+10%">A &lt; B</prosody>`,
    );
  });

  it("reaches professional voices by their deployment", async () => {
    const job = await resource.run({ ...ssml, customVoices: { OneNeural: profileId } });

    expect(speaker.requests).toMatchObject([{ deploymentId: profileId }]);
    expect(job).toHaveProperty("properties.billingDetails.customNeuralCharacters", 2);
  });

  it("is listed in pages", async () => {
    for (const id of ["job-1", "job-2", "job-3"]) {
      await resource.call("PUT", `/batchsyntheses/${id}`, ssml);
    }

    const { body } = await resource.call("GET", "/batchsyntheses?maxpagesize=2");

    expect(body["value"]).toMatchObject([{ id: "job-1" }, { id: "job-2" }]);
    expect(body["nextLink"]).toContain("skip=2");
  });

  it("is gone with its results when it is deleted", async () => {
    const job = await resource.run(ssml);

    const { status } = await resource.call("DELETE", "/batchsyntheses/job-1");

    expect(status).toBe(204);
    expect((await resource.call("GET", "/batchsyntheses/job-1")).status).toBe(404);
    expect((await fetch(outputsOf(job).result)).status).toBe(403);
  });

  it("is gone when its time to live is over", async () => {
    await resource.run({ ...ssml, properties: { timeToLiveInHours: 1 } });
    await resource.advance(3_540_000);
    const before = await resource.call("GET", "/batchsyntheses/job-1");
    await resource.advance(60_000);

    const after = await resource.call("GET", "/batchsyntheses/job-1");

    expect([before.status, after.status]).toEqual([200, 404]);
  });

  it("goes on after a restart", async () => {
    await resource.call("PUT", "/batchsyntheses/job-1", ssml);
    await resource.advance(500);
    await resource.stop();
    await resource.start();
    await resource.advance();

    const { body } = await resource.call("GET", "/batchsyntheses/job-1");

    expect(body["status"]).toBe("Succeeded");
  });

  it("gives its results to nobody without the signature", async () => {
    const job = await resource.run(ssml);
    const url = new URL(outputsOf(job).result);
    url.searchParams.set("sig", "00000000-0000-0000-0000-000000000000");

    const answer = await fetch(url);

    expect(answer.status).toBe(403);
  });
});

describe("a batch synthesis with a destination", () => {
  let account: BlobAccount;

  beforeAll(async () => {
    account = await startBlobAccount();
  });

  afterAll(() => account.close());

  it("writes its archive into the caller's container and does not tell the SAS", async () => {
    const destinationContainerUrl = await account.container("archive", "rcw");

    const job = await resource.run({
      ...ssml,
      properties: { destinationContainerUrl, destinationPath: "out/" },
    });

    const files = await account.read("archive");
    expect(Object.keys(files)).toEqual(["out/results.zip", "out/summary.json"]);
    expect(outputsOf(job).result).toMatch(/\/archive\/out\/results\.zip$/);
    expect(JSON.stringify(job)).not.toContain("sig=");
  });

  it("writes loose files when they are to be decompressed", async () => {
    const destinationContainerUrl = await account.container("loose", "rcw");

    await resource.run({ ...ssml, properties: { destinationContainerUrl, decompressOutputFiles: true } });

    const files = await account.read("loose");
    expect(Object.keys(files)).toEqual(["0001.debug.json", "0001.wav", "summary.json"]);
    expect(files["0001.wav"]?.toString()).toBe("first second");
  });

  it("fails when the container cannot be written", async () => {
    const destinationContainerUrl = await account.container("readonly", "rl");

    const job = await resource.run({ ...ssml, properties: { destinationContainerUrl } });

    expect(job).toMatchObject({
      status: "Failed",
      properties: { error: { code: "InaccessibleDestination" } },
    });
  });
});

describe("the voice of the Speech stand-in", () => {
  it("makes one playable file of several inputs", async () => {
    const engine = new SpeechEngine();
    const speaking = new BatchResource({ speak: speakWithEngine(engine, noCustomVoices) });
    await speaking.start();
    const inputs = [{ content: "One." }, { content: "Two." }];
    const properties = { concatenateResult: true, wordBoundaryEnabled: true };

    const job = await speaking.run({ ...plainText, inputs, properties });

    const files = unzip(await download(outputsOf(job).result));
    const wav = readWav(Buffer.from(files["0001.wav"] ?? "", "latin1"));
    const words = JSON.parse(files["0001.word.json"] ?? "") as { Text: string; AudioOffset: number }[];
    const figures = job["properties"] as { durationInMilliseconds: number };
    await speaking.dispose();
    await engine.close();
    expect(Object.keys(files)).not.toContain("0002.wav");
    expect((wav?.data.length ?? 0) / 48).toBeCloseTo(figures.durationInMilliseconds, -1);
    expect(words.map(({ Text }) => Text)).toEqual(["One", ".", "Two", "."]);
    expect(words[2]?.AudioOffset).toBeGreaterThan(figures.durationInMilliseconds / 3);
  });
});
