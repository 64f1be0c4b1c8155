import { describe, expect, it } from "vitest";
import { makeRevocationActivities } from "../../../../src/application/consents/revocation-activities.ts";
import { makeReconcileVoices } from "../../../../src/application/voices/reconcile-voices.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import type { VoiceStatus } from "../../../../src/domain/voice/voice-status.ts";
import type { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";
import { MemoryBlobs } from "../../../support/memory-blobs.ts";
import { NOW, tendedVoice } from "../../../support/voices/tended-voices.ts";
import { consentWith, voiceWith } from "../../../support/voices/voice-fixtures.ts";

describe("reconciling voices", () => {
  it.each<{ status: VoiceStatus; orchestration: string }>([
    { status: "training", orchestration: "trainVoiceOrchestration" },
    { status: "pending", orchestration: "trainVoiceOrchestration" },
    { status: "suspending", orchestration: "suspendVoiceOrchestration" },
    { status: "resuming", orchestration: "resumeVoiceOrchestration" },
    { status: "deleting", orchestration: "deleteVoiceOrchestration" },
  ])(
    "starts the work on a $status voice again when nothing works on it",
    async ({ status, orchestration }) => {
      const { ports, orchestrations } = await tendedVoice(voiceWith({ status }));

      expect(await makeReconcileVoices(ports)()).toEqual({ found: 1 });
      expect(orchestrations.started.map(({ name }) => name)).toEqual([orchestration]);
    },
  );

  it("fails a voice whose orchestration has failed, with what to do", async () => {
    const voice = voiceWith({ status: "training" });
    const { ports, orchestrations, stored } = await tendedVoice(voice, {
      id: "train-voice_1",
      state: "failed",
    });

    await makeReconcileVoices(ports)();

    expect(await stored()).toBe("failed");
    expect(orchestrations.started).toEqual([]);
  });

  it("ends a cancellation that nobody finished", async () => {
    const { ports, document } = await tendedVoice(voiceWith({ status: "canceling" }));

    await makeReconcileVoices(ports)();

    expect(await document()).toMatchObject({ status: "canceled", leftInAzure: "everything" });
  });

  it.each(["endpoint", "everything"] as const)(
    "has removed what was left in Azure of a voice at rest: %s",
    async (leftInAzure) => {
      const { ports, orchestrations } = await tendedVoice(voiceWith({ status: "failed", leftInAzure }));

      expect(await makeReconcileVoices(ports)()).toEqual({ found: 1 });
      expect(orchestrations.started).toEqual([
        {
          name: "cleanVoiceOrchestration",
          instanceId: "clean-voice_1",
          input: { voiceId: "voice_1", ownerId: "user-1", scope: leftInAzure },
        },
      ]);
    },
  );

  it("starts the removal of what a withdrawn consent has made, until the consent says that nothing is left", async () => {
    const { ports, orchestrations } = await tendedVoice(voiceWith());
    const revoked = { status: "revoked", revokedAt: NOW.toISOString() } as const;
    await ports.consents.create(consentWith({ ...revoked, removedAt: null }));
    await ports.consents.create(consentWith({ ...revoked, id: "consent_2", removedAt: NOW.toISOString() }));
    await ports.consents.create(consentWith({ id: "consent_3" }));

    expect(await makeReconcileVoices(ports)()).toEqual({ found: 1 });
    expect(orchestrations.started).toMatchObject([
      { name: "revokeConsentOrchestration", instanceId: "revoke-consent_1" },
    ]);
  });

  it("starts it also for a consent that was withdrawn before removals were noted, and once it is noted no more", async () => {
    const { ports, orchestrations } = await tendedVoice(voiceWith());
    await ports.consents.create(consentWith({ status: "revoked", revokedAt: NOW.toISOString() }));

    expect(await makeReconcileVoices(ports)()).toEqual({ found: 1 });
    expect(orchestrations.started.map(({ instanceId }) => instanceId)).toEqual(["revoke-consent_1"]);

    const blobs = new MemoryBlobs(ports.clock);
    await makeRevocationActivities({ ...ports, blobs }).finishRevocation({
      consentId: "consent_1",
      ownerId: "user-1",
    });
    ports.clock.advance(3_600);

    expect(await makeReconcileVoices(ports)()).toEqual({ found: 0 });
  });

  it("goes on with the other voices when one cannot be reconciled", async () => {
    const { ports, orchestrations } = await tendedVoice(voiceWith({ status: "deleting" }));
    await ports.voices.create(voiceWith({ id: "voice_2", status: "deleting" }));
    await ports.voices.create(voiceWith({ id: "voice_3", status: "deleting" }));
    const status = async (instanceId: string) => {
      if (instanceId === "delete-voice_2") {
        throw new ServiceError("store-unavailable", "No answer.");
      }
      return orchestrations.status(instanceId);
    };

    const failing = Object.assign(Object.create(orchestrations) as RecordingOrchestrations, { status });
    expect(await makeReconcileVoices({ ...ports, orchestrations: failing })()).toEqual({ found: 2 });
    expect(orchestrations.started.map(({ instanceId }) => instanceId).toSorted()).toEqual([
      "delete-voice_1",
      "delete-voice_3",
    ]);
  });

  it("leaves alone what is at work, what is at rest, and what has just been written", async () => {
    const atWork = await tendedVoice(voiceWith({ status: "training" }), {
      id: "train-voice_1",
      state: "running",
    });
    const atRest = await tendedVoice(voiceWith({ status: "ready" }));
    const fresh = await tendedVoice(voiceWith({ status: "training", updatedAt: NOW.toISOString() }));

    for (const { ports } of [atWork, atRest, fresh]) {
      expect(await makeReconcileVoices(ports)()).toEqual({ found: 0 });
    }
  });
});
