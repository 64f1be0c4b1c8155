import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { startTimedStack, type TimedStack } from "../support/timed-stack.ts";
import { speechFile, toneFile } from "../support/voices/recordings.ts";

const HOUR_MS = 60 * 60_000;
const TIMEOUT_MS = 120_000;

let stack: TimedStack;
let api: ApiClient;

beforeAll(async () => {
  stack = await startTimedStack({ modelMs: HOUR_MS });
  api = await apiClient({ baseUrl: stack.url, dataDirectory: stack.dataDirectory });
}, TIMEOUT_MS);

afterAll(() => stack.close());

interface VoiceBody {
  readonly id: string;
  readonly status: string;
}

async function train(): Promise<VoiceBody> {
  const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
  const lines = numbers.map((number) => `utterance-${number}\tThis is sentence ${number}.`);
  const accepted = await api.postForm("/api/v1/voices/train", {
    name: "Second try",
    kind: "professional",
    locale: "en-US",
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    consent: await speechFile("consent.wav"),
    samples: numbers.map((number) => toneFile(`utterance-${number}.wav`, 0.5 + number / 1000)),
    transcripts: new File([lines.join("\n")], "transcript.txt", { type: "text/plain" }),
  });
  return (await accepted.json()) as VoiceBody;
}

async function atRest(id: string): Promise<VoiceBody> {
  return stack.passUntil(
    { limitMs: 10 * HOUR_MS },
    async () => (await (await api.get(`/api/v1/voices/${id}`)).json()) as VoiceBody,
    ({ status }) => status === "ready" || status === "failed",
  );
}

/** What Azure has of a voice, as it was made. */
async function madeInAzure(id: string): Promise<readonly unknown[]> {
  return Promise.all(
    ["projects", "consents", "trainingsets", "models"].map(async (kind) => {
      const { createdDateTime, properties } = (await (await stack.inAzure(`/${kind}/${id}`)).json()) as {
        readonly createdDateTime: string;
        readonly properties?: { readonly utteranceCount?: number };
      };
      return { kind, createdDateTime, utteranceCount: properties?.utteranceCount };
    }),
  );
}

const CREATIONS = [
  "PUT /projects/{id}",
  "POST /consents/{id}",
  "PUT /trainingsets/{id}",
  "POST /trainingsets/{id}:upload",
  "PUT /models/{id}",
];

describe("the retry of a training that an outage of six hours has ended", () => {
  it(
    "deploys the model that Azure has, and makes no second project, consent, training set, upload or model",
    async () => {
      await stack.fault({
        service: "custom-voice",
        match: { operation: "PUT /endpoints/{id}" },
        action: { kind: "status", status: 503 },
        times: 100_000,
      });
      const { id } = await train();
      const failed = await atRest(id);
      const before = await madeInAzure(id);
      await stack.mend();

      const retried = await api.send(`/api/v1/voices/${id}/retry`, { method: "POST" });
      const ready = await atRest(id);
      const calls = await stack.calls();

      expect(failed).toMatchObject({ status: "failed", error: { code: "custom-voice-unavailable" } });
      expect(before).toMatchObject([
        { kind: "projects", createdDateTime: expect.any(String) },
        { kind: "consents", createdDateTime: expect.any(String) },
        { kind: "trainingsets", utteranceCount: 300 },
        { kind: "models", createdDateTime: expect.any(String) },
      ]);
      expect(retried.status).toBe(202);
      expect(ready).toMatchObject({ status: "ready", error: null });
      expect(await madeInAzure(id)).toEqual(before);
      expect(CREATIONS.map((operation) => [operation, calls[operation]])).toEqual(
        CREATIONS.map((operation) => [operation, 1]),
      );
    },
    TIMEOUT_MS,
  );
});
