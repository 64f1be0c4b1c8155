import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  datasetOf,
  endpointFields,
  endpointId,
  modelFields,
  trainingSetFields,
} from "../support/professional-voice.ts";
import { SpeechResource } from "../support/speech-resource.ts";

let resource: SpeechResource;

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
  await resource.prepare("ProfessionalVoice");
  await resource.send("PUT", "/trainingsets/set-1", trainingSetFields);
});

afterEach(() => resource.dispose());

const recipe = (kind: string) => ({ ...modelFields, recipe: { kind } });

function manyStyles(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`style${index}`, "set-1"]));
}

describe("a recipe", () => {
  it("leaves it to Azure what a model speaks beside its locale", async () => {
    const fields = { ...modelFields, properties: { secondaryLocales: ["de-DE"] } };
    const { status, body } = await resource.send("PUT", "/models/model-1", fields);

    expect(status).toBe(201);
    expect(body["properties"]).not.toHaveProperty("secondaryLocales");
  });

  it.each([
    ["CrossLingual", { locale: "de-DE" }],
    ["MultiStyle", { locale: "en-US", properties: { presetStyles: ["cheerful"] } }],
    ["MultiStyle", { locale: "en-US", properties: { styleTrainingSetIds: manyStyles(10) } }],
    ["HD", { voiceName: "en-US-One:DragonHDLatestNeural" }],
    ["Default", { recipe: { kind: "Default", version: "V7.2023.03" } }],
  ])("%s takes %o", async (kind, fields) => {
    const answer = await resource.send("PUT", "/models/model-1", { ...recipe(kind), ...fields });

    expect(answer.status).toBe(201);
  });

  it.each([
    ["Default", { locale: "en-US" }],
    ["Default", { voiceName: "One" }],
    ["Default", { properties: { presetStyles: ["cheerful"] } }],
    ["Default", { recipe: { kind: "Default", version: "V1" } }],
    ["Default", { recipe: undefined }],
    ["CrossLingual", {}],
    ["CrossLingual", { locale: "en-US" }],
    ["CrossLingual", { locale: "tlh-US" }],
    ["MultiStyle", { locale: "en-US" }],
    ["MultiStyle", { properties: { presetStyles: ["cheerful"] } }],
    ["MultiStyle", { locale: "en-US", properties: { presetStyles: ["bored"] } }],
    ["MultiStyle", { locale: "en-US", properties: { styleTrainingSetIds: manyStyles(11) } }],
    ["MultiStyle", { locale: "en-US", properties: { styleTrainingSetIds: { bored: "set-2" } } }],
    ["HD", {}],
    ["Lite", {}],
  ])("%s refuses %o", async (kind, fields) => {
    const answer = await resource.send("PUT", "/models/model-1", { ...recipe(kind), ...fields });

    expect(answer.status).toBe(400);
  });

  it("is listed with its kinds and amounts", async () => {
    const { body } = await resource.call("GET", "/modelrecipes");

    expect(body["value"]).toContainEqual(
      expect.objectContaining({ kind: "Default", version: "V10.0", minUtteranceCount: 300 }),
    );
  });
});

describe("a model", () => {
  it.each([
    ["projectId", "nowhere"],
    ["consentId", "nobody"],
    ["trainingSetId", "nothing"],
  ])("refuses a %s that does not exist", async (name, value) => {
    const answer = await resource.send("PUT", "/models/model-1", { ...modelFields, [name]: value });

    expect(answer.status).toBe(400);
  });

  it("refuses a consent in another language than its training set", async () => {
    await resource.send("PUT", "/trainingsets/set-2", { ...trainingSetFields, locale: "de-DE" });

    const answer = await resource.send("PUT", "/models/model-1", { ...modelFields, trainingSetId: "set-2" });

    expect(answer.status).toBe(400);
  });

  it("is refused with 429 while four others are being trained", async () => {
    const statuses: number[] = [];
    for (const id of ["model-1", "model-2", "model-3", "model-4", "model-5"]) {
      statuses.push((await resource.send("PUT", `/models/${id}`, modelFields)).status);
    }

    expect(statuses).toEqual([201, 201, 201, 201, 429]);
  });

  it("keeps its training set from being deleted while it is being trained", async () => {
    await resource.send("PUT", "/models/model-1", modelFields);

    const during = await resource.call("DELETE", "/trainingsets/set-1");
    await resource.advance();
    const afterwards = await resource.call("DELETE", "/trainingsets/set-1");

    expect([during.status, afterwards.status]).toEqual([409, 204]);
  });
});

describe("an upload", () => {
  const dataset = datasetOf("http://127.0.0.1:9/none", "");

  it.each([
    ["an unknown kind", { kind: "IndividualUtterances" }],
    ["an unknown way to process", { processAs: "Whole" }],
    ["no scripts", { scripts: undefined }],
    ["no audios", { audios: undefined }],
    ["no extensions", { audios: { containerUrl: "http://127.0.0.1:9/none", extensions: [] } }],
    ["no URL", { audios: { containerUrl: "none", extensions: [".wav"] } }],
  ])("refuses %s", async (_name, change) => {
    const answer = await resource.send("POST", "/trainingsets/set-1:upload", { ...dataset, ...change });

    expect(answer.status).toBe(400);
  });

  it.each([{ processAs: "Contextual" }, { kind: "LongAudio" }])(
    "refuses %o in a language that cannot do it",
    async (change) => {
      await resource.send("PUT", "/trainingsets/set-2", { ...trainingSetFields, locale: "cs-CZ" });

      const answer = await resource.send("POST", "/trainingsets/set-2:upload", { ...dataset, ...change });

      expect(answer.status).toBe(400);
    },
  );

  it("is refused with 429 while five others are running", async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 6; count++) {
      statuses.push((await resource.send("POST", "/trainingsets/set-1:upload", dataset)).status);
    }

    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it("is refused for a set that does not exist", async () => {
    const answer = await resource.send("POST", "/trainingsets/set-9:upload", dataset);

    expect(answer.status).toBe(404);
  });
});

describe("an endpoint", () => {
  it("refuses a model that has not succeeded", async () => {
    await resource.send("PUT", "/models/model-1", modelFields);

    const answer = await resource.send("PUT", `/endpoints/${endpointId}`, endpointFields);

    expect(answer.status).toBe(400);
  });
});

describe("the base models", () => {
  it("are those that speak for personal voices", async () => {
    const { body } = await resource.call("GET", "/basemodels");

    expect(body["value"]).toContainEqual(
      expect.objectContaining({ name: "DragonLatestNeural", capabilities: ["PersonalVoice"] }),
    );
  });
});
