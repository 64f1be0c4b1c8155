import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SpeechResource, consentFields, without } from "../support/speech-resource.ts";
import { wavRecording } from "../support/wav-recording.ts";

let resource: SpeechResource;

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
});

afterEach(() => resource.dispose());

describe("a consent's or personal voice's upload", () => {
  const voiceFields = { projectId: "project-1", consentId: "consent-1" };

  beforeEach(() => resource.prepare("PersonalVoice"));

  it.each([
    ["text", Buffer.from("no audio")],
    ["8 bit audio", wavRecording({ seconds: 6, bitsPerSample: 8 })],
    ["floating point audio", wavRecording({ seconds: 6, bitsPerSample: 32, formatTag: 3 })],
    ["8 kHz audio", wavRecording({ seconds: 6, sampleRateHz: 8000 })],
    ["22.05 kHz audio", wavRecording({ seconds: 6, sampleRateHz: 22_050 })],
    ["three channels", wavRecording({ seconds: 6, channelCount: 3 })],
  ])("refuses %s", async (_name, recording) => {
    const voice = await resource.upload("/personalvoices/voice-1", voiceFields, recording);
    const consent = await resource.upload("/consents/consent-2", consentFields, recording);

    expect([voice.status, consent.status]).toEqual([400, 400]);
    expect(voice.body).toHaveProperty("error.details.0.target", "audiodata");
  });

  it.each([
    ["under 5 seconds", [2, 2.9]],
    ["over 90 seconds", [45, 46]],
  ])("refuses a prompt of %s", async (_name, lengths) => {
    const files = lengths.map((seconds) => wavRecording({ seconds }));

    const answer = await resource.upload("/personalvoices/voice-1", voiceFields, ...files);

    expect(answer.status).toBe(400);
  });

  it("refuses a body over 30 MB", async () => {
    const answer = await resource.upload("/personalvoices/voice-1", voiceFields, Buffer.alloc(31_457_280));

    expect(answer.status).toBe(413);
  });

  it.each([
    ["no file", 400, []],
    ["two files for a consent", 400, [wavRecording({ seconds: 4 }), wavRecording({ seconds: 4 })]],
  ])("refuses %s", async (_name, status, files) => {
    const answer = await resource.upload("/consents/consent-2", consentFields, ...files);

    expect(answer.status).toBe(status);
  });

  it.each(["projectId", "consentId"])("refuses a personal voice without %s", async (name) => {
    const recording = wavRecording({ seconds: 6 });

    const answer = await resource.upload("/personalvoices/voice-1", without(voiceFields, name), recording);

    expect(answer.status).toBe(400);
  });

  it("refuses a personal voice of a consent that is missing, unfinished or failed", async () => {
    const recording = wavRecording({ seconds: 6 });
    const make = (consentId: string) =>
      resource.upload("/personalvoices/voice-1", { ...voiceFields, consentId }, recording);
    await resource.upload("/consents/silent", consentFields, wavRecording({ seconds: 4, amplitude: 0 }));

    const missing = await make("nobody");
    const unfinished = await make("silent");
    await resource.advance();
    const failed = await make("silent");

    expect([missing, unfinished, failed].map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  it("refuses a personal voice in a project for professional ones", async () => {
    await resource.send("PUT", "/projects/project-2", { kind: "ProfessionalVoice" });
    const fields = { ...voiceFields, projectId: "project-2" };

    const answer = await resource.upload("/personalvoices/voice-1", fields, wavRecording({ seconds: 6 }));

    expect(answer.status).toBe(400);
  });
});
