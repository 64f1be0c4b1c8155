import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { nodeHasher } from "../../../../src/adapters/system/node-hasher.ts";
import { CONSENTS } from "../../../../src/application/consents/consent-collection.ts";
import { makeFindConsent } from "../../../../src/application/consents/find-consent.ts";
import { makePreflightSamples } from "../../../../src/application/recordings/preflight-samples.ts";
import { makeOpenUpload } from "../../../../src/application/uploads/open-upload.ts";
import { type Upload, UPLOADS } from "../../../../src/application/uploads/upload.ts";
import { makeTrainVoice, type TrainVoiceRequest } from "../../../../src/application/voices/train-voice.ts";
import { VOICES } from "../../../../src/application/voices/voice-ref.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { Consent } from "../../../../src/domain/voice/consent.ts";
import type { RecordingFacts } from "../../../../src/domain/voice/recording.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { CountingIds } from "../../../support/counting-ids.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { principalWith } from "../../../support/principals.ts";
import { consentWith } from "../../../support/voices/voice-fixtures.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";

const GOOD: RecordingFacts = {
  container: "wav",
  sampleRateHz: 24_000,
  bitDepth: 16,
  channels: 1,
  durationMs: 8_000,
  peakDbfs: -3,
  clippedSamples: 0,
  noiseFloorDbfs: -80,
  signalToNoiseDb: 60,
  leadingSilenceMs: 100,
  trailingSilenceMs: 100,
  longestSilenceMs: 300,
};

function audio(fileName: string) {
  return { fileName, contentType: "audio/wav", bytes: new TextEncoder().encode(fileName) };
}

const request: TrainVoiceRequest = {
  name: "Narrator",
  kind: "personal",
  locale: "en-US",
  description: "",
  baseModel: "DragonLatestNeural",
  labels: { team: "docs" },
  visibility: "private",
  permittedUses: [],
  consent: {
    kind: "new",
    recording: audio("consent.wav"),
    voiceTalentName: "A Speaker",
    companyName: "A Company",
    expiresAt: null,
  },
  recipe: "Default",
  presetStyles: [],
  endpointKind: "HighPerformance",
  samples: { kind: "files", files: [audio("one.wav")], transcripts: undefined },
};

/** @param facts what the inspector finds in each file, by name; other files are good. */
function setUp(facts: Readonly<Record<string, RecordingFacts | undefined>> = {}) {
  const clock = new ManualClock();
  const voices = new MemoryDocuments<Voice>(VOICES, clock);
  const consents = new MemoryDocuments<Consent>(CONSENTS, clock);
  const blobs = new MemoryBlobs(clock);
  const orchestrations = new RecordingOrchestrations();
  const inspector = {
    inspect: async (recording: AsyncIterable<Uint8Array>) => {
      const fileName = await text(recording);
      return Object.hasOwn(facts, fileName) ? facts[fileName] : GOOD;
    },
  };
  const uploads = new MemoryDocuments<Upload>(UPLOADS, clock);
  const recordings = { blobs, uploads, clock, inspector, hasher: nodeHasher, transcriber: undefined };
  const trainVoice = makeTrainVoice({
    ...recordings,
    preflight: makePreflightSamples({ ...recordings, openUpload: makeOpenUpload(recordings) }),
    voices,
    consents,
    findConsent: makeFindConsent(consents),
    orchestrations,
    ids: new CountingIds(),
    pollIntervalSeconds: 2,
  });
  const leftovers = async () => ({
    voices: await voices.count({}),
    consents: await consents.count({}),
    blobs: (await blobs.list("samples", { prefix: "", limit: 100 })).items.length,
  });
  return { trainVoice, voices, consents, blobs, orchestrations, leftovers };
}

const NOTHING = { voices: 0, consents: 0, blobs: 0 };
const owner = principalWith(["Voice.Trainer"]);

describe("training a voice", () => {
  it("stores the recordings and both documents, then starts one orchestration", async () => {
    const { trainVoice, consents, orchestrations, leftovers } = setUp();

    const voice = await trainVoice(request, owner);

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
    ["silence", { ...GOOD, peakDbfs: Number.NEGATIVE_INFINITY }, /silent/],
    ["3 s of speech", { ...GOOD, durationMs: 3_000 }, /3\.0 s.*at least 5\.0 s/],
    ["2 min of speech", { ...GOOD, durationMs: 120_000 }, /120\.0 s.*at most 90\.0 s/],
    ["telephone quality", { ...GOOD, sampleRateHz: 8_000 }, /8000 Hz/],
  ])("refuses a sample that is %s and leaves nothing behind", async (_case, facts, advice) => {
    const { trainVoice, leftovers, orchestrations } = setUp({ "one.wav": facts });

    const attempt = trainVoice(request, owner);

    await expect(attempt).rejects.toMatchObject({
      code: "sample-unusable",
      errors: [{ field: expect.stringMatching(/^samples/), message: expect.stringMatching(advice) }],
    });
    expect(await leftovers()).toEqual(NOTHING);
    expect(orchestrations.started).toEqual([]);
  });

  it("reports the consent recording and the samples together", async () => {
    const { trainVoice } = setUp({ "consent.wav": undefined, "one.wav": undefined });

    await expect(trainVoice(request, owner)).rejects.toMatchObject({
      errors: [{ field: "consent" }, { field: "samples[0]" }],
    });
  });

  it("uses a consent that is there already, as long as it holds", async () => {
    const { trainVoice, consents, leftovers } = setUp();
    await consents.create(consentWith({ id: "consent_9" }));
    const withConsent = { ...request, consent: { kind: "existing", consentId: "consent_9" } } as const;

    expect(await trainVoice(withConsent, owner)).toMatchObject({ consentId: "consent_9" });
    expect(await leftovers()).toEqual({ voices: 1, consents: 1, blobs: 1 });
  });

  it.each([
    ["somebody else's", { partition: "user-2" }, "consent-not-found"],
    ["withdrawn", { status: "revoked" }, "consent-revoked"],
    ["over", { expiresAt: "2020-01-01T00:00:00.000Z" }, "consent-expired"],
    ["not accepted by Azure", { status: "failed" }, "consent-mismatch"],
  ] as const)("refuses a consent that is %s and stores nothing", async (_case, changes, code) => {
    const { trainVoice, consents, voices, blobs } = setUp();
    await consents.create(consentWith({ id: "consent_9", ...changes }));
    const withConsent = { ...request, consent: { kind: "existing", consentId: "consent_9" } } as const;

    await expect(trainVoice(withConsent, owner)).rejects.toMatchObject({ code });
    expect(await voices.count({})).toBe(0);
    expect((await blobs.list("samples", { prefix: "", limit: 10 })).items).toEqual([]);
  });

  it("takes no notice of transcripts, which only professional voices need", async () => {
    const { trainVoice } = setUp();
    const transcripts = audio("elsewhere\tThis belongs to no recording.");
    const samples = { ...request.samples, transcripts } as const;

    expect(await trainVoice({ ...request, samples }, owner)).toMatchObject({ status: "pending" });
  });

  it("removes what it stored when the orchestration cannot be started", async () => {
    const { trainVoice, orchestrations, leftovers } = setUp();
    orchestrations.failure = new ServiceError("store-unavailable", "The Durable back end does not answer.");

    await expect(trainVoice(request, owner)).rejects.toMatchObject({ code: "store-unavailable" });
    expect(await leftovers()).toEqual(NOTHING);
  });
});
