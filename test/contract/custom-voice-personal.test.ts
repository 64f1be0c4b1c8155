import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { enroll } from "../../local/speech/voice/enroll.ts";
import { makeRecording } from "../../local/speech/voice/recording.ts";
import { startBlobAccount } from "../support/blob-account.ts";
import type { BlobAccount } from "../support/blob-account.ts";
import { mp3Recording } from "../support/mp3-recording.ts";
import { SpeechResource, measuredSpeaker } from "../support/speech-resource.ts";
import { noiseRecording, wavRecording } from "../support/wav-recording.ts";

let resource: SpeechResource;

beforeEach(async () => {
  resource = new SpeechResource();
  await resource.start();
});

afterEach(() => resource.dispose());

const voiceFields = { projectId: "project-1", consentId: "consent-1" };

describe("a personal voice", () => {
  beforeEach(() => resource.prepare("PersonalVoice"));

  it("has its profile id from the start and can be used once it has succeeded", async () => {
    const { body } = await resource.upload(
      "/personalvoices/voice-1",
      voiceFields,
      wavRecording({ seconds: 6 }),
    );
    const profileId = String(body["speakerProfileId"]);

    const before = resource.customVoice.state.profile(profileId);
    await resource.advance();
    const after = resource.customVoice.state.profile(profileId);

    expect(before).toEqual({ status: "NotStarted", speaker: undefined });
    expect(after).toEqual({ status: "Succeeded", speaker: measuredSpeaker });
  });

  it("is made from several files of 5 to 90 seconds together", async () => {
    const parts = [
      wavRecording({ seconds: 3 }),
      wavRecording({ seconds: 3, sampleRateHz: 48_000, channelCount: 2 }),
    ];

    const answer = await resource.upload("/personalvoices/voice-1", voiceFields, ...parts);

    expect(answer.status).toBe(201);
  });

  it("takes audio parts named in any case and without a content type", async () => {
    const body =
      `--b\r\nContent-Disposition: form-data; name="projectId"\r\n\r\nproject-1\r\n` +
      `--b\r\nContent-Disposition: form-data; name="consentId"\r\n\r\nconsent-1\r\n` +
      `--b\r\nContent-Disposition: form-data; name="audioData"\r\n\r\n`;
    const form = Buffer.concat([
      Buffer.from(body),
      wavRecording({ seconds: 6 }),
      Buffer.from("\r\n--b--\r\n"),
    ]);

    const answer = await resource.call("POST", "/personalvoices/voice-1", {
      body: form,
      headers: { "content-type": "multipart/form-data; boundary=b" },
    });

    expect(answer.status).toBe(201);
  });

  it("fails when a fault says that another person speaks", async () => {
    resource.control.faults.add({ service: "custom-voice", action: { kind: "speaker-mismatch" } });
    const { body } = await resource.upload(
      "/personalvoices/voice-1",
      voiceFields,
      wavRecording({ seconds: 6 }),
    );
    await resource.advance();

    const answer = await resource.call("GET", "/personalvoices/voice-1");

    expect(answer.body).toMatchObject({
      status: "Failed",
      properties: { failureReason: "SpeakerVerificationFailed" },
    });
    expect(resource.customVoice.state.profile(String(body["speakerProfileId"]))?.status).toBe("Failed");
  });

  it("is unknown to synthesis once it is deleted", async () => {
    const { body } = await resource.upload(
      "/personalvoices/voice-1",
      voiceFields,
      wavRecording({ seconds: 6 }),
    );
    await resource.advance();

    await resource.call("DELETE", "/personalvoices/voice-1");

    expect(resource.customVoice.state.profile(String(body["speakerProfileId"]))).toBeUndefined();
  });

  it("goes on being made after a restart", async () => {
    const { body, headers } = await resource.upload(
      "/personalvoices/voice-1",
      voiceFields,
      wavRecording({ seconds: 6 }),
    );
    await resource.advance(500);
    await resource.stop();
    await resource.start();
    await resource.advance();

    const operation = await resource.call("GET", `/operations/${headers.get("operation-id")}`);

    expect(operation.body["status"]).toBe("Succeeded");
    expect(resource.customVoice.state.profile(String(body["speakerProfileId"]))?.speaker).toEqual(
      measuredSpeaker,
    );
  });

  it("ends as failed when nothing can be measured", async () => {
    const errors: unknown[] = [];
    const deaf = new SpeechResource({
      enroll: () => Promise.reject(new Error("no voice")),
      onError: (error) => errors.push(error),
    });
    await deaf.start();
    await deaf.prepare("PersonalVoice");
    await deaf.upload("/personalvoices/voice-1", voiceFields, wavRecording({ seconds: 6 }));
    await deaf.advance();

    const { body } = await deaf.call("GET", "/personalvoices/voice-1");
    await deaf.dispose();

    expect(body).toMatchObject({ status: "Failed", properties: { failureReason: "Internal" } });
    expect(errors).toHaveLength(1);
  });
});

describe("a personal voice made from a container", () => {
  let account: BlobAccount;

  beforeAll(async () => {
    account = await startBlobAccount();
  });

  beforeEach(() => resource.prepare("PersonalVoice"));

  afterAll(() => account.close());

  async function make(permissions: string): Promise<Record<string, unknown>> {
    const containerUrl = await account.container("prompts", permissions);
    await account.write("prompts", {
      "one/a.wav": wavRecording({ seconds: 3 }),
      "one/b.wav": wavRecording({ seconds: 3 }),
      "one/notes.txt": Buffer.from("not audio"),
      "two/c.wav": wavRecording({ seconds: 90 }),
    });
    const audios = { containerUrl, prefix: "one/", extensions: [".wav"] };
    const { body } = await resource.send("PUT", "/personalvoices/voice-1", { ...voiceFields, audios });
    await resource.advance();
    return { ...body, ...(await resource.call("GET", "/personalvoices/voice-1")).body };
  }

  it("takes the files of its prefix and extensions and never tells their place", async () => {
    const body = await make("rl");

    expect(body).toMatchObject({ status: "Succeeded" });
    expect(body).not.toHaveProperty("audios");
  });

  it("fails when the container cannot be listed", async () => {
    const body = await make("r");

    expect(body).toMatchObject({
      status: "Failed",
      properties: { failureReason: "InaccessibleCustomerStorage" },
    });
  });
});

describe("a recording in MP3", () => {
  beforeEach(() => resource.prepare("PersonalVoice"));

  it.each([
    [128, 201],
    [192, 201],
    [320, 201],
    [64, 400],
    [160, 400],
  ] as const)("of %i kbit/s is answered with %i", async (bitrateKbps, status) => {
    const recording = await mp3Recording({ seconds: 6, bitrateKbps, sampleRateHz: 44_100 });

    const answer = await resource.upload("/personalvoices/voice-1", voiceFields, recording);

    expect(answer.status).toBe(status);
  });
});

describe("the measured speaker", () => {
  it("has the pitch of the recording, and there is none in noise", async () => {
    const measuring = new SpeechResource({ enroll });
    await measuring.start();
    await measuring.prepare("PersonalVoice");
    const text = "Voice cloning must always be done with the consent of the speaker. Thank you very much.";
    const spoken = await makeRecording({ text, locale: "en-US", pitchHz: 120 });
    const { body } = await measuring.upload("/personalvoices/voice-1", voiceFields, Buffer.from(spoken));
    await measuring.upload("/personalvoices/voice-2", voiceFields, noiseRecording(6));
    await measuring.advance();

    const profile = measuring.customVoice.state.profile(String(body["speakerProfileId"]));
    const noise = await measuring.call("GET", "/personalvoices/voice-2");
    await measuring.dispose();

    expect(profile?.status).toBe("Succeeded");
    expect(Math.abs((profile?.speaker?.medianPitchHz ?? 0) - 120)).toBeLessThan(25);
    expect(noise.body).toHaveProperty("properties.failureReason", "SpeakerVerificationFailed");
  });
});
