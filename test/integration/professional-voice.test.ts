import { beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { endedBatch, sendBatch } from "../support/batch-api.ts";
import { until } from "../support/until.ts";
import { speechFile, toneFile } from "../support/voices/recordings.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const UTTERANCES = 300;

let consent: File;

beforeAll(async () => {
  consent = await speechFile("consent.wav");
});

/** Utterances that differ from each other in their length only. */
function utterances(count: number): readonly File[] {
  return Array.from({ length: count }, (_, index) =>
    toneFile(`utterance-${index + 1}.wav`, 0.5 + index / 1000),
  );
}

function transcript(count: number): File {
  const lines = Array.from(
    { length: count },
    (_, index) => `utterance-${index + 1}\tThis is sentence ${index + 1}.`,
  );
  return new File([lines.join("\n")], "transcript.txt", { type: "text/plain" });
}

function training() {
  return {
    name: "Brand voice",
    kind: "professional",
    locale: "en-US",
    voiceTalentName: "Sample Speaker",
    companyName: "Sample Company",
    consent,
    samples: utterances(UTTERANCES),
    transcripts: transcript(UTTERANCES),
  };
}

async function voiceOf(api: ApiClient, id: string): Promise<Record<string, unknown>> {
  const response = await api.get(`/api/v1/voices/${id}`);
  return { httpStatus: response.status, ...((await response.json()) as object) };
}

async function statusBecomes(api: ApiClient, id: string, status: string): Promise<Record<string, unknown>> {
  return until(
    () => voiceOf(api, id),
    (voice) => voice["status"] === status || voice["status"] === "failed",
  );
}

/** Three hundred recordings are sent, judged, stored and read by the stand-in. */
const TIMEOUT_MS = 240_000;

describe("a professional voice", { timeout: TIMEOUT_MS }, () => {
  it("is trained, deployed, speaks, is suspended and comes back, and is removed", async () => {
    const api = await apiClient(stack);

    const accepted = await api.postForm("/api/v1/voices/train", training());
    const { id } = (await accepted.json()) as { id: string };
    const ready = await statusBecomes(api, id, "ready");
    const spoken = await api.postJson("/api/v1/synthesis/speak", {
      text: "Hello.",
      voiceId: id,
      format: "wav",
    });
    await spoken.arrayBuffer();
    const batch = await sendBatch(api, {
      mode: "azure-batch",
      items: [{ id: "own", text: "Hello." }],
      defaults: { voiceId: id },
    });
    const spokenAtAzure = await endedBatch(api, batch.id, TIMEOUT_MS);
    const suspending = await api.send(`/api/v1/voices/${id}/suspend`, { method: "POST" });
    await statusBecomes(api, id, "suspended");
    const silent = await api.postJson("/api/v1/synthesis/speak", { text: "Hello.", voiceId: id });
    await api.send(`/api/v1/voices/${id}/resume`, { method: "POST" });
    const back = await statusBecomes(api, id, "ready");
    await api.delete(`/api/v1/voices/${id}`);
    const gone = await until(
      () => voiceOf(api, id),
      ({ httpStatus }) => httpStatus === 404,
    );

    expect(accepted.status).toBe(202);
    expect(ready).toMatchObject({
      status: "ready",
      kind: "professional",
      samples: { count: UTTERANCES },
      stages: ["verifying-consent", "processing-samples", "training", "deploying"].map((name) => ({
        name,
        endedAt: expect.any(String),
      })),
    });
    expect(spoken.status).toBe(200);
    expect(spokenAtAzure).toMatchObject({ status: "completed", counts: { succeeded: 1 } });
    expect(suspending.status).toBe(202);
    expect(silent.status).toBe(409);
    expect(back["status"]).toBe("ready");
    expect(gone["code"]).toBe("voice-not-found");
  });

  it("speaks the further languages that Azure names for its model, without a warning", async () => {
    const api = await apiClient(stack);
    const accepted = await api.postForm("/api/v1/voices/train", { ...training(), recipe: "HD" });
    const { id } = (await accepted.json()) as { id: string };

    const ready = await statusBecomes(api, id, "ready");
    const speak = async (locale: string) => {
      const body = { text: "Guten Tag.", voiceId: id, locale, strict: true };
      const response = await api.postJson("/api/v1/synthesis/speak", body);
      await response.arrayBuffer();
      return response.status;
    };

    const { locales } = ready["capabilities"] as { readonly locales: readonly string[] };
    expect(locales[0]).toBe("en-US");
    expect(locales).toContain("de-DE");
    expect([await speak("de-DE"), await speak("cy-GB")]).toEqual([200, 422]);
  });

  it("gets its transcript from Azure OpenAI when the client sends none, and says so with the price before", async () => {
    const api = await apiClient(stack);
    const { transcripts: _none, ...fields } = training();

    const judged = await api.postForm("/api/v1/voices/preflight", {
      kind: "professional",
      samples: fields.samples,
    });
    const accepted = await api.postForm("/api/v1/voices/train", fields);
    const { id } = (await accepted.json()) as { id: string };

    expect(await judged.json()).toMatchObject({
      hasTranscripts: false,
      findings: [{ code: "transcript-will-be-made", message: expect.stringMatching(/about \d+\.\d\d USD/) }],
    });
    expect(accepted.status).toBe(202);
    expect(await statusBecomes(api, id, "ready")).toMatchObject({ status: "ready", error: null });
  });

  it("is canceled in the middle, leaves nothing in Azure, and can be trained again", async () => {
    const api = await apiClient(stack);
    const { id } = (await (await api.postForm("/api/v1/voices/train", training())).json()) as { id: string };

    const canceling = await api.send(`/api/v1/voices/${id}/cancel`, { method: "POST" });
    const canceled = await statusBecomes(api, id, "canceled");
    const inAzure = await Promise.all(
      ["projects", "consents", "trainingsets", "models"].map(async (kind) => {
        const url = `${inject("parts")["Speech"]}/customvoice/${kind}/${id}?api-version=2026-01-01`;
        return (await fetch(url, { headers: { "ocp-apim-subscription-key": "local-speech-key" } })).status;
      }),
    );
    const retried = await api.send(`/api/v1/voices/${id}/retry`, { method: "POST" });
    const ready = await statusBecomes(api, id, "ready");

    expect(canceling.status).toBe(202);
    expect(canceled["status"]).toBe("canceled");
    expect(inAzure).toEqual([404, 404, 404, 404]);
    expect(retried.status).toBe(202);
    expect(ready["status"]).toBe("ready");
  });

  it("is made from an upload as well as from files in the request", async () => {
    const api = await apiClient(stack);
    const files = [...utterances(UTTERANCES), transcript(UTTERANCES)];
    const announced = files.map(({ name, size, type }) => ({ name, sizeBytes: size, contentType: type }));
    const upload = (await (await api.postJson("/api/v1/uploads", { files: announced })).json()) as {
      id: string;
      files: { name: string; url: string; headers: Record<string, string> }[];
    };
    const recorded = await api.postForm("/api/v1/consents", {
      locale: "en-US",
      voiceTalentName: "Sample Speaker",
      companyName: "Sample Company",
      recording: consent,
    });
    const { id: consentId } = (await recorded.json()) as { id: string };
    const body = { name: "Uploaded", kind: "professional", locale: "en-US", consentId, uploadId: upload.id };

    const early = await api.postJson("/api/v1/voices/train", body);
    await Promise.all(
      upload.files.map(({ url, headers }, index) =>
        fetch(url, { method: "PUT", headers, body: files[index] ?? null }),
      ),
    );
    const accepted = await api.postJson("/api/v1/voices/train", body);
    const { id } = (await accepted.json()) as { id: string };

    expect(early.status).toBe(409);
    expect(await early.json()).toMatchObject({ code: "upload-incomplete" });
    expect(accepted.status).toBe(202);
    expect(await statusBecomes(api, id, "ready")).toMatchObject({
      status: "ready",
      samples: { count: UTTERANCES },
    });
  });
});

describe("the preflight of samples", () => {
  it("says per file what is wrong and what to do, and stores nothing", async () => {
    const api = await apiClient(stack);

    const response = await api.postForm("/api/v1/voices/preflight", {
      kind: "professional",
      samples: [...utterances(3), new File(["text"], "notes.wav")],
      transcripts: transcript(2),
    });
    const report = (await response.json()) as { files: object[]; findings: { code: string }[] };

    expect(response.status).toBe(200);
    expect(report).toMatchObject({ verdict: "unusable", fileCount: 4 });
    expect(report.files[0]).toMatchObject({
      name: "utterance-1.wav",
      verdict: "usable-with-warnings",
      findings: [{ code: "noisy", severity: "warning" }],
      figures: { container: "wav", sampleRateHz: 24_000, durationMs: 500 },
    });
    expect(report.files[3]).toMatchObject({ verdict: "unusable", findings: [{ code: "not-audio" }] });
    expect(report.findings.map(({ code }) => code)).toEqual(["too-few-files", "audio-without-transcript"]);
  });

  it("refuses a field that it does not know, by its name", async () => {
    const api = await apiClient(stack);
    const response = await api.postForm("/api/v1/voices/preflight", {
      kind: "personal",
      samples: new File(["RIFF"], "a.wav", { type: "audio/wav" }),
      transcript: "A misspelt name.",
    });

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: "request-invalid",
      errors: [{ field: "transcript", message: "is not known here" }],
    });
  });
});

describe("a voice's description", () => {
  it("is changed by the owner with the ETag that was read, and by nobody with an old one", async () => {
    const api = await apiClient(stack);
    const samples = await speechFile("sample.wav", 2);
    const { transcripts: _none, ...fields } = training();
    const accepted = await api.postForm("/api/v1/voices/train", { ...fields, kind: "personal", samples });
    const { id } = (await accepted.json()) as { id: string };
    await statusBecomes(api, id, "ready");
    const etag = (await api.get(`/api/v1/voices/${id}`)).headers.get("etag") ?? "";
    const put = (name: string) =>
      api.send(`/api/v1/voices/${id}`, {
        method: "PUT",
        headers: { "content-type": "application/json", "if-match": etag },
        body: JSON.stringify({ name, defaults: { rate: "+10%" } }),
      });

    const first = await put("First");
    const second = await put("Second");

    expect(first.status).toBe(200);
    expect(await first.json()).toMatchObject({ name: "First", defaults: { rate: "+10%" } });
    expect(second.status).toBe(412);
  });
});

describe("the catalog of prebuilt voices", () => {
  it("is filtered by language, gender and style, page by page", async () => {
    const api = await apiClient({ ...stack, roles: ["Voice.Reader"] });

    const german = (await (await api.get("/api/v1/catalog/voices?locale=de&limit=1")).json()) as {
      items: { locale: string }[];
      nextCursor: string;
    };
    const next = (await (
      await api.get(`/api/v1/catalog/voices?locale=de&limit=1&cursor=${german.nextCursor}`)
    ).json()) as { items: { name: string }[] };

    expect(german.items).toHaveLength(1);
    expect(next.items[0]?.name).not.toBe(german.nextCursor);
  });
});
