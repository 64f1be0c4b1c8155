import { beforeAll, describe, expect, inject, it } from "vitest";
import type { FaultRequest } from "../../local/faults/fault.ts";
import { parseWav } from "../../local/speech/voice/parse-wav.ts";
import { medianPitchHz } from "../../local/speech/voice/pitch.ts";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { jsonOf } from "../support/json-of.ts";
import { until } from "../support/until.ts";
import { silentFile, speechFile, toneFile } from "../support/voices/recordings.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const DEFAULT_VOICE = "en-US-AndrewMultilingualNeural";
const TEXT = "Every voice remembers whose consent it was made with, and falls silent when it is withdrawn.";

let consent: File;
let sample: File;

beforeAll(async () => {
  [consent, sample] = await Promise.all([speechFile("consent.wav"), speechFile("sample.wav", 2)]);
});

function training(changes: Readonly<Record<string, string | File | readonly File[]>> = {}) {
  return {
    name: "Narrator",
    kind: "personal",
    locale: "en-US",
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    consent,
    samples: sample,
    ...changes,
  };
}

/** @throws Error for an answer that tells neither the voice nor that it is gone. */
async function voiceOf(api: ApiClient, id: string): Promise<Record<string, unknown>> {
  const response = await api.get(`/api/v1/voices/${id}`);
  if (!response.ok && response.status !== 404) {
    throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  }
  return { httpStatus: response.status, ...((await response.json()) as object) };
}

async function readyVoice(api: ApiClient): Promise<string> {
  const response = await api.postForm("/api/v1/voices/train", training());
  const { id } = (await response.json()) as { id: string };
  await until(
    () => voiceOf(api, id),
    ({ status }) => status === "ready" || status === "failed",
  );
  return id;
}

async function addFault(request: FaultRequest): Promise<void> {
  const response = await fetch(`${inject("parts")["Faults"]}/faults`, {
    method: "POST",
    body: JSON.stringify(request),
  });
  expect(response.status).toBe(201);
}

async function speakWav(api: ApiClient, body: object): Promise<number> {
  const response = await api.postJson("/api/v1/synthesis/speak", { text: TEXT, format: "wav", ...body });
  const { samples, sampleRateHz } = parseWav(new Uint8Array(await response.arrayBuffer()));
  return medianPitchHz(samples, sampleRateHz);
}

function semitonesBetween(oneHz: number, otherHz: number): number {
  return Math.abs(12 * Math.log2(oneHz / otherHz));
}

describe("a personal voice", () => {
  it("is made in stages and then speaks with the sample's pitch, not with the default voice's", async () => {
    const api = await apiClient(stack);

    const accepted = await api.postForm("/api/v1/voices/train", training({ labels: '{"team":"docs"}' }));
    const { id } = (await accepted.json()) as { id: string };
    const voice = await until(
      () => voiceOf(api, id),
      ({ status }) => status === "ready" || status === "failed",
    );
    const { samples, sampleRateHz } = parseWav(new Uint8Array(await sample.arrayBuffer()));
    const samplePitchHz = medianPitchHz(samples, sampleRateHz);

    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("location")).toBe(`/api/v1/voices/${id}`);
    expect(accepted.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(voice).toMatchObject({
      status: "ready",
      progress: 100,
      error: null,
      labels: { team: "docs" },
      capabilities: { locales: expect.arrayContaining(["en-US", "de-DE", "ja-JP"]) },
      stages: [
        { name: "verifying-consent", endedAt: expect.any(String) },
        { name: "training", endedAt: expect.any(String) },
      ],
    });
    expect(semitonesBetween(await speakWav(api, { voiceId: id }), samplePitchHz)).toBeLessThan(2);
    expect(semitonesBetween(await speakWav(api, { voice: DEFAULT_VOICE }), samplePitchHz)).toBeGreaterThan(4);
  });

  it("is listed for its owner, and does not exist for others", async () => {
    const [owner, other] = await Promise.all([apiClient(stack), apiClient(stack)]);
    const id = await readyVoice(owner);

    const mine = (await (await owner.get("/api/v1/voices?status=ready")).json()) as {
      items: { id: string }[];
    };
    const theirs = (await (await other.get("/api/v1/voices")).json()) as { items: unknown[] };
    const read = await other.get(`/api/v1/voices/${id}`);
    const spoken = await other.postJson("/api/v1/synthesis/speak", { text: TEXT, voiceId: id });

    expect(mine.items.map((voice) => voice.id)).toEqual([id]);
    expect(theirs.items).toEqual([]);
    expect([read.status, spoken.status]).toEqual([404, 404]);
  });

  it("says, while it is being deleted, what keeps it from being removed, and is gone once that is mended", async () => {
    const api = await apiClient(stack);
    const id = await readyVoice(api);
    await addFault({
      service: "custom-voice",
      match: { operation: "DELETE /personalvoices/{id}", id },
      action: { kind: "not-approved" },
    });

    await api.delete(`/api/v1/voices/${id}`);
    const stuck = await until(
      () => voiceOf(api, id),
      ({ error }) => error !== null,
    );
    // A removal that is just ending swallows the start of the next.
    const gone = await until(
      async () => {
        await api.delete(`/api/v1/voices/${id}`);
        return voiceOf(api, id);
      },
      ({ httpStatus }) => httpStatus === 404,
    );

    expect(stuck).toMatchObject({
      status: "deleting",
      error: { code: "custom-voice-not-approved", recovery: expect.arrayContaining([expect.any(String)]) },
    });
    expect(gone["httpStatus"]).toBe(404);
  });

  it("is gone, with its recordings and what Azure held, some time after it is deleted", async () => {
    const api = await apiClient(stack);
    const id = await readyVoice(api);

    const accepted = await api.delete(`/api/v1/voices/${id}`);
    const silent = await api.postJson("/api/v1/synthesis/speak", { text: TEXT, voiceId: id });
    const gone = await until(
      () => voiceOf(api, id),
      ({ httpStatus }) => httpStatus === 404,
    );
    const inAzure = await fetch(
      `${inject("parts")["Speech"]}/customvoice/personalvoices/${id}?api-version=2026-01-01`,
      {
        headers: { "ocp-apim-subscription-key": "local-speech-key" },
      },
    );

    expect(accepted.status).toBe(202);
    // While it is being deleted, and when it is gone already.
    expect([409, 404]).toContain(silent.status);
    expect(gone["code"]).toBe("voice-not-found");
    expect(inAzure.status).toBe(404);
  });

  it("falls silent at once when its consent is withdrawn", async () => {
    const api = await apiClient(stack);
    const id = await readyVoice(api);
    const { consentId } = await voiceOf(api, id);

    const revoked = await api.delete(`/api/v1/consents/${String(consentId)}`);
    const spoken = await api.postJson("/api/v1/synthesis/speak", { text: TEXT, voiceId: id });
    const voice = await until(
      () => voiceOf(api, id),
      ({ status }) => status === "failed",
    );
    const removed = await until(
      async () => jsonOf<RemovalNote>(await api.get(`/api/v1/consents/${String(consentId)}`)),
      ({ removedAt }) => removedAt !== null,
    );

    expect(revoked.status).toBe(202);
    expect(await revoked.json()).toMatchObject({ removedAt: null });
    expect(removed).toMatchObject({ status: "revoked", removedAt: expect.any(String) });
    expect(spoken.status).toBe(403);
    expect(await spoken.json()).toMatchObject({ code: "consent-revoked" });
    expect(voice["error"]).toMatchObject({ code: "consent-revoked" });
  });
});

interface RemovalNote {
  readonly removedAt: string | null;
}

describe("a training request that cannot be used", () => {
  it.each([
    { flaw: "no name", changes: { name: "" }, field: "name" },
    { flaw: "an unknown kind", changes: { kind: "robot" }, field: "kind" },
    { flaw: "no locale", changes: { locale: "english" }, field: "locale" },
    { flaw: "a misspelled field", changes: { permittedUse: "[]" }, field: "permittedUse" },
    { flaw: "labels that are no JSON", changes: { labels: "{" }, field: "labels" },
    {
      flaw: "a sample that is no audio",
      changes: { samples: new File(["MZ"], "a.wav") },
      field: "samples[0]",
    },
    { flaw: "a silent sample", changes: { samples: silentFile("silent.wav", 10) }, field: "samples[0]" },
    { flaw: "3 s of sample", changes: { samples: toneFile("short.wav", 3) }, field: "samples" },
    { flaw: "2 min of sample", changes: { samples: toneFile("long.wav", 120) }, field: "samples[0]" },
    { flaw: "a consent text instead of a recording", changes: { consent: "yes" }, field: "consent" },
  ])("is refused for $flaw, naming the field, and leaves nothing behind", async ({ changes, field }) => {
    const api = await apiClient(stack);

    const response = await api.postForm("/api/v1/voices/train", training(changes));
    const problem = (await response.json()) as { errors: { field: string; message: string }[] };
    const { items: voices } = (await (await api.get("/api/v1/voices")).json()) as { items: unknown[] };
    const { items: consents } = (await (await api.get("/api/v1/consents")).json()) as { items: unknown[] };

    expect(response.status).toBe(422);
    expect(problem.errors.map((error) => error.field)).toContain(field);
    expect([voices, consents]).toEqual([[], []]);
  });

  it("is refused as malformed when it is no form, and as too large above the limit", async () => {
    const api = await apiClient(stack);

    const malformed = await api.send("/api/v1/voices/train", {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x" },
      body: "--x\r\nnonsense",
    });
    const large = await api.postForm(
      "/api/v1/voices/train",
      training({ samples: toneFile("huge.wav", 900) }),
    );

    expect([malformed.status, large.status]).toEqual([400, 413]);
  });

  it("is refused without the role for it", async () => {
    const api = await apiClient({ ...stack, roles: ["Voice.User"] });

    const response = await api.postForm("/api/v1/voices/train", training());

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: "permission-denied",
      details: { role: "Voice.Trainer" },
    });
  });
});
