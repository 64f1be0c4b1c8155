import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startBlobAccount } from "../support/blob-account.ts";
import type { BlobAccount } from "../support/blob-account.ts";
import {
  datasetOf,
  makeSet,
  trainingSetFields,
  uploadSet,
  utterance,
  writeUtterances,
} from "../support/professional-voice.ts";
import { SpeechResource } from "../support/speech-resource.ts";
import { wavRecording } from "../support/wav-recording.ts";

let account: BlobAccount;
let resource: SpeechResource;
let dataset: object;

beforeAll(async () => {
  account = await startBlobAccount();
  dataset = await writeUtterances(account, "voice300/", 300);
});

afterAll(() => account.close());

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
});

afterEach(() => resource.dispose());

describe("a training set", () => {
  it("is empty and succeeded at once", async () => {
    await resource.prepare("ProfessionalVoice");

    const { status, body, headers } = await resource.send("PUT", "/trainingsets/set-1", trainingSetFields);

    expect(status).toBe(201);
    expect(headers.has("operation-id")).toBe(false);
    expect(body).toMatchObject({ status: "Succeeded", properties: { utteranceCount: 0 } });
  });

  it("counts the utterances that its storage holds", async () => {
    await makeSet(resource);
    const begun = await resource.send("POST", "/trainingsets/set-1:upload", dataset);
    const running = await resource.call("GET", "/trainingsets/set-1");
    await resource.advance();

    const { body } = await resource.call("GET", "/trainingsets/set-1");

    expect([begun.status, begun.body, begun.headers.has("operation-location")]).toEqual([202, {}, true]);
    expect(running.body["status"]).toBe("Running");
    expect(body).toMatchObject({ status: "Succeeded", properties: { utteranceCount: 300 } });
    expect(body).toHaveProperty("properties.durationInSeconds", expect.closeTo(30, 3));
  });

  it("grows with another upload and drops what it has already", async () => {
    await makeSet(resource);
    await uploadSet(resource, dataset);
    const containerUrl = await account.container("training", "rl");
    await account.write("training", {
      "more/0001.wav": utterance,
      "more/new-1.wav": utterance,
      "more/script.txt": Buffer.from("0001\tKnown.\nnew-1\tNew."),
    });

    const body = await uploadSet(resource, datasetOf(containerUrl, "more/"));

    expect(body).toHaveProperty("properties.utteranceCount", 301);
  });

  it("drops utterances that break the rules", async () => {
    await makeSet(resource);
    const containerUrl = await account.container("bad", "rl");
    const files = {
      good: utterance,
      stereo: wavRecording({ seconds: 0.1, channelCount: 2 }),
      slow: wavRecording({ seconds: 0.1, sampleRateHz: 8000 }),
      shallow: wavRecording({ seconds: 0.1, bitsPerSample: 8 }),
      floating: wavRecording({ seconds: 0.1, bitsPerSample: 32, formatTag: 3 }),
      long: wavRecording({ seconds: 15 }),
      silent: wavRecording({ seconds: 0.1, amplitude: 0 }),
      noise: Buffer.from("no audio at all"),
      untold: utterance,
      twice: utterance,
    };
    const lines = Object.keys(files).filter((name) => name !== "untold");
    await account.write("bad", {
      ...Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.wav`, bytes])),
      "script.txt": Buffer.from([...lines, "twice"].map((name) => `${name}\tText.`).join("\r\n")),
    });

    const body = await uploadSet(resource, datasetOf(containerUrl, ""));

    expect(body).toMatchObject({ status: "Succeeded", properties: { utteranceCount: 1 } });
  });

  it.each([
    ["UTF-16 LE", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("a\tGrüße.", "utf16le")])],
    ["UTF-16 BE", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from("a\tGrüße.", "utf16le").swap16()])],
    ["UTF-8 with a mark", Buffer.from("\ufeffa\tGrüße.")],
    ["ANSI", Buffer.from("a\tGrüße.", "latin1")],
  ])("reads scripts in %s", async (_name, script) => {
    await makeSet(resource);
    const containerUrl = await account.container("scripts", "rl");
    await account.write("scripts", { "a.wav": utterance, "script.txt": script });

    const body = await uploadSet(resource, datasetOf(containerUrl, ""));

    expect(body).toHaveProperty("properties.utteranceCount", 1);
  });

  it("cuts long audio into utterances", async () => {
    await makeSet(resource);
    const containerUrl = await account.container("long", "rl");
    await account.write("long", {
      "talk.wav": wavRecording({ seconds: 31 }),
      "short.wav": wavRecording({ seconds: 19 }),
    });
    const audios = { containerUrl, extensions: [".wav"] };

    const body = await uploadSet(resource, { kind: "AudioOnly", processAs: "Contextual", audios });

    expect(body).toMatchObject({
      status: "Succeeded",
      properties: { utteranceCount: 6, durationInSeconds: 31, isContextual: true },
    });
  });

  it("fails when its storage cannot be listed", async () => {
    await makeSet(resource);
    const containerUrl = await account.container("training", "r");

    const body = await uploadSet(resource, datasetOf(containerUrl, "voice300/"));

    expect(body["status"]).toBe("Failed");
  });
});
