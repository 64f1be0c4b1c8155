import { beforeAll, describe, expect, inject, it } from "vitest";
import { type ApiClient, apiClient } from "../support/api-client.ts";
import { silentFile, speechFile } from "../support/voices/recordings.ts";

const stack = { baseUrl: inject("baseUrl"), dataDirectory: inject("dataDirectory") };
const names = { voiceTalentName: "Sample Speaker", companyName: "Sample Company", locale: "en-US" };

let api: ApiClient;
let recording: File;
let sample: File;

beforeAll(async () => {
  [api, recording, sample] = await Promise.all([
    apiClient(stack),
    speechFile("consent.wav"),
    speechFile("sample.wav", 2),
  ]);
});

/** As every client sends it: with a boundary of its own. */
function postOnce(
  path: string,
  key: string,
  fields: Readonly<Record<string, string | File>>,
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.set(name, value);
  }
  return api.send(path, { method: "POST", headers: { "idempotency-key": key }, body });
}

describe("a form that is sent twice with one Idempotency-Key", () => {
  it.each([
    ["consents", 201, () => ({ ...names, recording })],
    [
      "voices/train",
      202,
      () => ({ ...names, name: "Twice", kind: "personal", consent: recording, samples: sample }),
    ],
  ] as const)("makes one of %s and gets the first answer again", async (noun, status, fields) => {
    const path = `/api/v1/${noun}`;

    const first = await postOnce(path, `key-${noun}`, fields());
    const second = await postOnce(path, `key-${noun}`, fields());
    const other = await postOnce(path, `key-${noun}`, { ...fields(), companyName: "Another Company" });

    expect([first.status, second.status, other.status]).toEqual([status, status, 422]);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(await second.json()).toEqual(await first.json());
    expect(await other.json()).toMatchObject({ code: "idempotency-key-reused" });
  });
});

describe("a consent", () => {
  const soon = new Date(Date.now() + 60 * 60 * 1000).toISOString();

  it("keeps the moment when it expires", async () => {
    const response = await api.postForm("/api/v1/consents", { ...names, recording, expiresAt: soon });

    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ expiresAt: soon });
  });

  it.each([
    ["that expired long ago", { expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    ["that expires on a day without a time", { expiresAt: "2020-01-01" }, "expiresAt"],
    ["with a misspelt field, by its name", { expiresAtt: soon }, "expiresAtt"],
  ])("is refused %s", async (_what, fields, field) => {
    const response = await api.postForm("/api/v1/consents", { ...names, recording, ...fields });

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: "request-invalid",
      errors: [{ field }],
    });
  });

  it("names the field `recording` when the recording cannot be used", async () => {
    const silence = silentFile("silence.wav", 6);

    const response = await api.postForm("/api/v1/consents", { ...names, recording: silence });

    expect(await response.json()).toMatchObject({
      code: "sample-unusable",
      errors: expect.arrayContaining([expect.objectContaining({ field: "recording" })]),
    });
  });
});
