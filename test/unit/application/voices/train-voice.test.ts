import { describe, expect, it } from "vitest";
import { nodeHasher } from "../../../../src/adapters/system/node-hasher.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { principalWith } from "../../../support/principals.ts";
import {
  audioFile,
  GOOD_RECORDING,
  TRAINING,
  trainingWorld,
} from "../../../support/voices/training-world.ts";
import { consentWith } from "../../../support/voices/voice-fixtures.ts";

const NOTHING = { voices: 0, consents: 0, blobs: 0 };
const owner = principalWith(["Voice.Trainer"]);

describe("training a voice", () => {
  it("stores the recordings and both documents, then starts one orchestration", async () => {
    const { trainVoice, consents, orchestrations, leftovers } = trainingWorld();

    const voice = await trainVoice(TRAINING, owner);

    expect(voice).toMatchObject({ status: "pending", progressPercent: 0, consentId: "consent_1" });
    expect(await leftovers()).toEqual({ voices: 1, consents: 1, blobs: 2 });
    expect(await consents.read(owner.id, "consent_1")).toMatchObject({
      status: "recorded",
      recordingSha256: nodeHasher.sha256Hex("consent.wav"),
    });
    expect(orchestrations.started).toEqual([
      {
        name: "trainVoiceOrchestration",
        instanceId: "train-voice_1",
        input: {
          voiceId: "voice_1",
          ownerId: owner.id,
          kind: "personal",
          attempt: 0,
          pollIntervalSeconds: 2,
        },
      },
    ]);
  });

  it.each([
    ["no audio at all", undefined, /no WAV/],
    ["silence", { ...GOOD_RECORDING, peakDbfs: Number.NEGATIVE_INFINITY }, /silent/],
    ["3 s of speech", { ...GOOD_RECORDING, durationMs: 3_000 }, /3\.0 s.*at least 5\.0 s/],
    ["2 min of speech", { ...GOOD_RECORDING, durationMs: 120_000 }, /120\.0 s.*at most 90\.0 s/],
    ["telephone quality", { ...GOOD_RECORDING, sampleRateHz: 8_000 }, /8000 Hz/],
  ])("refuses a sample that is %s and leaves nothing behind", async (_case, facts, advice) => {
    const { trainVoice, leftovers, orchestrations } = trainingWorld({ "one.wav": facts });

    const attempt = trainVoice(TRAINING, owner);

    await expect(attempt).rejects.toMatchObject({
      code: "sample-unusable",
      errors: [{ field: expect.stringMatching(/^samples/), message: expect.stringMatching(advice) }],
    });
    expect(await leftovers()).toEqual(NOTHING);
    expect(orchestrations.started).toEqual([]);
  });

  it("reports the consent recording and the samples together", async () => {
    const { trainVoice } = trainingWorld({ "consent.wav": undefined, "one.wav": undefined });

    await expect(trainVoice(TRAINING, owner)).rejects.toMatchObject({
      errors: [{ field: "consent" }, { field: "samples[0]" }],
    });
  });

  it("uses a consent that is there already, as long as it holds", async () => {
    const { trainVoice, consents, leftovers } = trainingWorld();
    await consents.create(consentWith({ id: "consent_9" }));
    const withConsent = { ...TRAINING, consent: { kind: "existing", consentId: "consent_9" } } as const;

    expect(await trainVoice(withConsent, owner)).toMatchObject({ consentId: "consent_9" });
    expect(await leftovers()).toEqual({ voices: 1, consents: 1, blobs: 1 });
  });

  it.each([
    ["somebody else's", { partition: "user-2" }, "consent-not-found"],
    ["withdrawn", { status: "revoked" }, "consent-revoked"],
    ["over", { expiresAt: "2020-01-01T00:00:00.000Z" }, "consent-expired"],
    ["not accepted by Azure", { status: "failed" }, "consent-mismatch"],
  ] as const)("refuses a consent that is %s and stores nothing", async (_case, changes, code) => {
    const { trainVoice, consents, voices, blobs } = trainingWorld();
    await consents.create(consentWith({ id: "consent_9", ...changes }));
    const withConsent = { ...TRAINING, consent: { kind: "existing", consentId: "consent_9" } } as const;

    await expect(trainVoice(withConsent, owner)).rejects.toMatchObject({ code });
    expect(await voices.count({})).toBe(0);
    expect((await blobs.list("samples", { prefix: "", limit: 10 })).items).toEqual([]);
  });

  it("takes no notice of transcripts, which only professional voices need", async () => {
    const { trainVoice } = trainingWorld();
    const transcripts = audioFile("elsewhere\tThis belongs to no recording.");
    const samples = { ...TRAINING.samples, transcripts } as const;

    expect(await trainVoice({ ...TRAINING, samples }, owner)).toMatchObject({ status: "pending" });
  });

  it("removes what it stored when the orchestration cannot be started", async () => {
    const { trainVoice, orchestrations, leftovers } = trainingWorld();
    orchestrations.failure = new ServiceError("store-unavailable", "The Durable back end does not answer.");

    await expect(trainVoice(TRAINING, owner)).rejects.toMatchObject({ code: "store-unavailable" });
    expect(await leftovers()).toEqual(NOTHING);
  });
});
