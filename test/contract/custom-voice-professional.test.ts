import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startBlobAccount } from "../support/blob-account.ts";
import type { BlobAccount } from "../support/blob-account.ts";
import {
  datasetOf,
  endpointFields,
  endpointId,
  makeSet,
  modelFields,
  trainModel,
  uploadSet,
  writeUtterances,
} from "../support/professional-voice.ts";
import { SpeechResource, measuredSpeaker } from "../support/speech-resource.ts";

let account: BlobAccount;
let resource: SpeechResource;
let dataset: object;
/** Has a succeeded model, and is stopped. */
let trained: SpeechResource;

beforeAll(async () => {
  account = await startBlobAccount();
  dataset = await writeUtterances(account, "voice300/", 300);
  trained = new SpeechResource();
  await trained.start();
  await trainModel(trained, dataset);
  await trained.stop();
});

afterAll(async () => {
  await trained.dispose();
  await account.close();
});

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
});

afterEach(() => resource.dispose());

async function startTrained(): Promise<void> {
  await resource.dispose();
  resource = new SpeechResource();
  await resource.start(trained);
}

describe("a model", () => {
  it("begins as NotStarted with the newest version of its recipe", async () => {
    await makeSet(resource);

    const { status, body } = await resource.send("PUT", "/models/model-1", modelFields);

    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...modelFields,
      status: "NotStarted",
      locale: "en-US",
      recipe: { kind: "Default", version: "V10.0" },
    });
  });

  it("succeeds with 300 utterances", async () => {
    await startTrained();

    const { body } = await resource.call("GET", "/models/model-1");

    expect(body).toMatchObject({ status: "Succeeded", properties: { voiceStyles: ["general"] } });
  });

  it("fails with DataNotEnough below 300", async () => {
    await makeSet(resource);
    await uploadSet(resource, await writeUtterances(account, "voice299/", 299));
    await resource.send("PUT", "/models/model-1", modelFields);
    await resource.advance();

    const { body } = await resource.call("GET", "/models/model-1");

    expect(body).toMatchObject({
      status: "Failed",
      properties: { failureReason: "DataNotEnough", failedTrainingsets: ["set-1"] },
    });
  });

  it("fails with DataNotReady when its training set has failed", async () => {
    await makeSet(resource);
    await uploadSet(resource, datasetOf("http://127.0.0.1:9/none", ""));
    await resource.send("PUT", "/models/model-1", modelFields);
    await resource.advance();

    const { body } = await resource.call("GET", "/models/model-1");

    expect(body).toHaveProperty("properties.failureReason", "DataNotReady");
  });

  it.each([
    "InaccessibleCustomerStorage",
    "SpeakerVerificationFailed",
    "TerminateByUser",
    "Internal",
    "DataNotReady",
    "DataNotEnough",
  ] as const)("fails with %s when a fault says so", async (reason) => {
    await makeSet(resource);
    resource.control.faults.add({ service: "custom-voice", action: { kind: "training-failure", reason } });
    await resource.send("PUT", "/models/model-1", modelFields);
    await resource.advance();

    const { body } = await resource.call("GET", "/models/model-1");

    expect(body).toMatchObject({ status: "Failed", properties: { failureReason: reason } });
  });

  it("ends its training when it is deleted", async () => {
    await makeSet(resource);
    const { headers } = await resource.send("PUT", "/models/model-1", modelFields);

    await resource.call("DELETE", "/models/model-1");
    await resource.advance();

    const operation = await resource.call("GET", `/operations/${headers.get("operation-id")}`);
    expect((await resource.call("GET", "/models/model-1")).status).toBe(404);
    expect(operation.body["status"]).toBe("Failed");
  });

  it("goes on being trained after a restart", async () => {
    await startTrained();
    await resource.send("PUT", "/models/model-2", modelFields);
    await resource.advance(4000);
    await resource.stop();
    await resource.start();
    await resource.advance();

    const { body } = await resource.call("GET", "/models/model-2");

    expect(body["status"]).toBe("Succeeded");
  });
});

describe("an endpoint", () => {
  const path = `/endpoints/${endpointId}`;

  beforeEach(async () => {
    await startTrained();
    await resource.send("PUT", path, endpointFields);
  });

  it("speaks with the voice of its model once it is deployed", async () => {
    const before = resource.customVoice.state.endpoint(endpointId);
    await resource.advance();
    const after = resource.customVoice.state.endpoint(endpointId);

    expect(before?.status).toBe("NotStarted");
    expect(after).toEqual({ status: "Succeeded", voiceName: "OneNeural", speaker: measuredSpeaker });
  });

  it("is HighPerformance unless something else is asked for", async () => {
    const { body } = await resource.call("GET", path);

    expect(body).toHaveProperty("properties.kind", "HighPerformance");
  });

  it("is suspended and resumed over time", async () => {
    await resource.advance();
    const suspending = await resource.call("POST", `${path}:suspend`);
    await resource.advance();
    const suspended = await resource.call("GET", path);
    const resuming = await resource.call("POST", `${path}:resume`);
    await resource.advance();
    const resumed = await resource.call("GET", path);

    const answers = [suspending, suspended, resuming, resumed];
    expect(answers.map(({ status }) => status)).toEqual([202, 200, 202, 200]);
    expect(answers.map(({ body }) => body["status"])).toEqual([
      "Disabling",
      "Disabled",
      "Running",
      "Succeeded",
    ]);
    expect(suspending.headers.has("operation-location")).toBe(true);
  });

  it("is refused when 50 are hosted already", async () => {
    const statuses = new Set<number>();
    for (let count = 1; count < 50; count++) {
      statuses.add((await resource.send("PUT", `/endpoints/${randomUUID()}`, endpointFields)).status);
    }

    const { status } = await resource.send("PUT", `/endpoints/${randomUUID()}`, endpointFields);

    expect([...statuses, status]).toEqual([201, 400]);
  });

  it("cannot be suspended before it runs, nor resumed while it does", async () => {
    const early = await resource.call("POST", `${path}:suspend`);
    await resource.advance();
    const running = await resource.call("POST", `${path}:resume`);

    expect([early.status, running.status]).toEqual([400, 400]);
  });

  it("keeps its model from being deleted", async () => {
    const refused = await resource.call("DELETE", "/models/model-1");
    await resource.call("DELETE", path);
    const deleted = await resource.call("DELETE", "/models/model-1");

    expect([refused.status, deleted.status]).toEqual([409, 204]);
  });
});

describe("a project", () => {
  it("is deleted with all it holds when that is forced", async () => {
    await startTrained();

    const refused = await resource.call("DELETE", "/projects/project-1");
    const forced = await resource.call("DELETE", "/projects/project-1?forceDelete=true");

    const left = await Promise.all(
      ["projects", "consents", "trainingsets", "models"].map((kind) => resource.call("GET", `/${kind}`)),
    );
    expect([refused.status, forced.status]).toEqual([400, 204]);
    expect(left.map(({ body }) => body)).toEqual([
      { value: [] },
      { value: [] },
      { value: [] },
      { value: [] },
    ]);
  });
});
