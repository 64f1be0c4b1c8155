import { describe, expect, it } from "vitest";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import { CONSENTS } from "../../../src/application/consents/consent-collection.ts";
import { type Upload, UPLOADS } from "../../../src/application/uploads/upload.ts";
import { makeAzureTrainingActivities } from "../../../src/application/voices/azure-training-activities.ts";
import { makeDeploymentActivities } from "../../../src/application/voices/deployment-activities.ts";
import { makeModelActivities } from "../../../src/application/voices/model-activities.ts";
import { makeRemovalActivities } from "../../../src/application/voices/removal-activities.ts";
import { makeStageActivities } from "../../../src/application/voices/stage-activities.ts";
import { makeTranscriptionActivities } from "../../../src/application/voices/transcription-activities.ts";
import { VOICES } from "../../../src/application/voices/voice-ref.ts";
import type { Consent } from "../../../src/domain/voice/consent.ts";
import type { Voice, VoiceKind } from "../../../src/domain/voice/voice.ts";
import { trainVoiceOrchestration } from "../../../src/orchestrations/train-voice.ts";
import { runOrchestrator } from "../../support/durable/run-orchestrator.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { MemoryBlobs } from "../../support/memory-blobs.ts";
import { MemoryDocuments } from "../../support/memory-documents.ts";
import { type AzureFault, MemoryAzure } from "../../support/voices/memory-azure.ts";
import { RecordingOrchestrations } from "../../support/voices/recording-orchestrations.ts";
import { consentWith, voiceWith } from "../../support/voices/voice-fixtures.ts";

const PROFESSIONAL = {
  recipe: "Default",
  dataLocale: "en-US",
  presetStyles: [],
  modelVoiceName: "VcvoiceNeural",
  transcriptBlob: "user-1/voice_1/scripts/transcript.txt",
  endpointKind: "HighPerformance",
  needsTranscript: false,
} as const;

async function setUp(kind: VoiceKind) {
  const azure = new MemoryAzure();
  const clock = new ManualClock();
  const voices = new MemoryDocuments<Voice>(VOICES, clock);
  const consents = new MemoryDocuments<Consent>(CONSENTS, clock);
  const uploads = new MemoryDocuments<Upload>(UPLOADS, clock);
  const blobs = new MemoryBlobs(clock);
  const orchestrations = new RecordingOrchestrations();
  const professional = kind === "professional" ? PROFESSIONAL : null;
  await voices.create(voiceWith({ kind, professional, status: "pending", speakerProfileId: null }));
  await consents.create(consentWith({ status: "recorded" }));
  for (const name of ["user-1/voice_1/audio/a.wav", consentWith().recording.blobName]) {
    await blobs.write({ container: "samples", name }, new Uint8Array([1]), { contentType: "audio/wav" });
  }
  const customVoice = azure.service();
  const ports = { voices, consents, uploads, blobs, customVoice, orchestrations, clock, hasher: nodeHasher };
  const activities = {
    ...makeStageActivities(ports),
    ...makeAzureTrainingActivities(ports),
    ...makeTranscriptionActivities({ ...ports, transcriber: undefined }),
    ...makeModelActivities(ports),
    ...makeDeploymentActivities(ports),
    ...makeRemovalActivities(ports),
  };
  const run = (onTimer?: (raise: (name: string) => void) => void) =>
    runOrchestrator(trainVoiceOrchestration, {
      input: { voiceId: "voice_1", ownerId: "user-1", kind, pollIntervalSeconds: 1 },
      activities,
      ...(onTimer !== undefined && { onTimer }),
    });
  const voice = async () => voices.read("user-1", "voice_1");
  return { azure, run, voice, consents };
}

/** The calls of a training in which nothing goes wrong: where faults can strike. */
async function callsOf(kind: VoiceKind): Promise<readonly string[]> {
  const { azure, run } = await setUp(kind);
  await run();
  return azure.calls;
}

const KINDS: readonly VoiceKind[] = ["personal", "professional"];

describe.each(KINDS)("the training of a %s voice", (kind) => {
  it("ends ready, with what lets it speak", async () => {
    const { run, voice } = await setUp(kind);

    await run();

    expect(await voice()).toMatchObject({ status: "ready", error: null, progressPercent: 100 });
    expect((await voice())?.[kind === "personal" ? "speakerProfileId" : "deploymentId"]).toEqual(
      expect.any(String),
    );
  });

  it.each<AzureFault>(["down-once", "throttled-once", "answer-lost"])(
    "ends ready when any one call is %s, and makes nothing twice",
    async (fault) => {
      const calls = await callsOf(kind);
      expect(calls.length).toBeGreaterThan(4);

      for (const callIndex of calls.keys()) {
        const { azure, run, voice } = await setUp(kind);
        azure.fault = { callIndex, kind: fault };

        await run();

        expect([calls[callIndex], (await voice())?.status]).toEqual([calls[callIndex], "ready"]);
        expect(new Set(azure.uploads).size).toBeLessThanOrEqual(1);
      }
    },
  );

  it("fails with what to do, and leaves nothing in Azure, when any one call is refused as not approved", async () => {
    const calls = await callsOf(kind);

    for (const callIndex of calls.keys()) {
      const { azure, run, voice } = await setUp(kind);
      azure.fault = { callIndex, kind: "not-approved" };

      await run();

      const { status, error } = (await voice()) ?? {};
      expect([calls[callIndex], status, error?.code]).toEqual([
        calls[callIndex],
        "failed",
        "custom-voice-not-approved",
      ]);
      expect(error?.recovery.join(" ")).toContain("https://aka.ms/customneural");
      expect([...azure.resources.keys()]).toEqual([]);
    }
  });

  it("fails, and leaves nothing in Azure, when any one operation stays down", async () => {
    const calls = await callsOf(kind);

    for (const callIndex of calls.keys()) {
      const { azure, run, voice } = await setUp(kind);
      azure.fault = { callIndex, kind: "down-for-good" };

      await run();

      const { status, error } = (await voice()) ?? {};
      expect([calls[callIndex], status, error?.code]).toEqual([
        calls[callIndex],
        "failed",
        "custom-voice-unavailable",
      ]);
      expect(error?.recovery.join(" ")).toContain("/retry");
      expect([...azure.resources.keys()]).toEqual([]);
    }
  });

  it("is canceled at any pause and leaves nothing in Azure", async () => {
    let pauses = 0;
    await (
      await setUp(kind)
    ).run(() => {
      pauses += 1;
    });
    expect(pauses).toBeGreaterThan(1);

    for (let at = 1; at <= pauses; at += 1) {
      const { azure, run, voice } = await setUp(kind);
      let pause = 0;
      await run((raise) => {
        pause += 1;
        if (pause === at) {
          raise("cancel");
        }
      });

      expect(await voice()).toMatchObject({ status: "canceled", error: null });
      expect([...azure.resources.keys()]).toEqual([]);
    }
  });

  it("fails when the consent is withdrawn while it runs", async () => {
    const { azure, run, voice, consents } = await setUp(kind);

    await run(() => {
      void consents.upsert(consentWith({ status: "revoked" }));
    });

    expect(await voice()).toMatchObject({ status: "failed", error: { code: "consent-revoked" } });
    expect([...azure.resources.keys()]).toEqual([]);
  });
});

describe("a failure reason of Azure", () => {
  it.each([
    {
      kind: "personal",
      resource: "consent",
      reason: "AudioAndScriptNotMatch",
      code: "consent-mismatch",
      advice: /exact sentence/,
    },
    {
      kind: "personal",
      resource: "personalvoice",
      reason: "SpeakerVerificationFailed",
      code: "training-failed",
      advice: /same person/,
    },
    {
      kind: "professional",
      resource: "trainingset",
      reason: "DataNotEnough",
      code: "training-failed",
      advice: /preflight/,
    },
    {
      kind: "professional",
      resource: "model",
      reason: "InaccessibleCustomerStorage",
      code: "training-failed",
      advice: /storage account/,
    },
    {
      kind: "professional",
      resource: "endpoint",
      reason: "Internal",
      code: "training-failed",
      advice: /retry/,
    },
  ] as const)("$reason becomes $code with what to do", async ({ kind, resource, reason, code, advice }) => {
    const { azure, run, voice } = await setUp(kind);
    azure.failures.set(resource, reason);

    await run();

    const { status, error } = (await voice()) ?? {};
    expect([status, error?.code]).toEqual(["failed", code]);
    expect(error?.recovery.join(" ")).toMatch(advice);
    expect([...azure.resources.keys()]).toEqual([]);
  });
});
