import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SpeechResource, consentFields } from "../support/speech-resource.ts";
import { wavRecording } from "../support/wav-recording.ts";

let resource: SpeechResource;

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
});

afterEach(() => resource.dispose());

const voiceFields = { projectId: "project-1", consentId: "consent-1" };

describe("a consent", () => {
  beforeEach(() => resource.send("PUT", "/projects/project-1", { kind: "PersonalVoice" }));

  it("begins as NotStarted with both operation headers and no Retry-After", async () => {
    const answer = await resource.upload("/consents/consent-1", consentFields, wavRecording({ seconds: 4 }));

    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ id: "consent-1", ...consentFields, status: "NotStarted" });
    expect(answer.headers.get("operation-location")).toBe(
      `${resource.url}/customvoice/operations/${answer.headers.get("operation-id")}?api-version=2026-01-01`,
    );
    expect(answer.headers.has("retry-after")).toBe(false);
  });

  it("runs, then succeeds, as its operation does", async () => {
    const { headers } = await resource.upload(
      "/consents/consent-1",
      consentFields,
      wavRecording({ seconds: 4 }),
    );
    const operation = `/operations/${headers.get("operation-id")}`;

    await resource.advance(500);
    const running = [
      await resource.call("GET", "/consents/consent-1"),
      await resource.call("GET", operation),
    ];
    await resource.advance();
    const ended = [await resource.call("GET", "/consents/consent-1"), await resource.call("GET", operation)];

    expect(running.map(({ body }) => body["status"])).toEqual(["Running", "Running"]);
    expect(ended.map(({ body }) => body["status"])).toEqual(["Succeeded", "Succeeded"]);
  });

  it.each([
    ["a silent recording", wavRecording({ seconds: 4, amplitude: 0 })],
    ["a recording too short for the sentence", wavRecording({ seconds: 1 })],
  ])("fails with AudioAndScriptNotMatch for %s", async (_name, recording) => {
    await resource.upload("/consents/consent-1", consentFields, recording);
    await resource.advance();

    const { body } = await resource.call("GET", "/consents/consent-1");

    expect(body).toMatchObject({ status: "Failed", properties: { failureReason: "AudioAndScriptNotMatch" } });
  });

  it("fails when a fault says that it does not match", async () => {
    resource.control.faults.add({
      service: "custom-voice",
      match: { id: "consent-1" },
      action: { kind: "consent-mismatch" },
    });
    await resource.upload("/consents/consent-1", consentFields, wavRecording({ seconds: 4 }));
    await resource.advance();

    const { body } = await resource.call("GET", "/consents/consent-1");

    expect(body).toMatchObject({ status: "Failed", properties: { failureReason: "AudioAndScriptNotMatch" } });
  });

  it("can be made from a URL, which is not told again", async () => {
    const files = createServer((_request, response) => response.end(wavRecording({ seconds: 4 })));
    await new Promise<void>((resolve) => {
      files.listen(0, "127.0.0.1", resolve);
    });
    const { port } = files.address() as AddressInfo;

    const { body: made } = await resource.send("PUT", "/consents/consent-1", {
      ...consentFields,
      audioUrl: `http://127.0.0.1:${port}/consent.wav`,
    });
    await resource.advance();
    files.close();

    expect(made).not.toHaveProperty("audioUrl");
    expect((await resource.call("GET", "/consents/consent-1")).body).toMatchObject({ status: "Succeeded" });
  });

  it("fails with Internal when its URL cannot be read", async () => {
    await resource.send("PUT", "/consents/consent-1", {
      ...consentFields,
      audioUrl: "http://127.0.0.1:9/none",
    });
    await resource.advance();

    const { body } = await resource.call("GET", "/consents/consent-1");

    expect(body).toMatchObject({ status: "Failed", properties: { failureReason: "Internal" } });
  });

  it("cannot be deleted while a personal voice uses it", async () => {
    await resource.prepare("PersonalVoice");
    await resource.upload("/personalvoices/voice-1", voiceFields, wavRecording({ seconds: 6 }));

    const refused = await resource.call("DELETE", "/consents/consent-1");
    await resource.call("DELETE", "/personalvoices/voice-1");
    const deleted = await resource.call("DELETE", "/consents/consent-1");

    expect([refused.status, deleted.status]).toEqual([409, 204]);
  });
});
