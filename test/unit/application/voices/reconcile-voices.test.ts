import { describe, expect, it } from "vitest";
import type { OrchestrationState } from "../../../../src/application/ports/orchestrations.ts";
import { makeReconcileVoices } from "../../../../src/application/voices/reconcile-voices.ts";
import { makeSuspendIdleVoices } from "../../../../src/application/voices/suspend-idle-voices.ts";
import { VOICES } from "../../../../src/application/voices/voice-ref.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import type { VoiceStatus } from "../../../../src/domain/voice/voice-status.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const NOW = new Date("2026-11-22T13:00:00.000Z");

async function setUp(voice: Voice, instance?: { readonly id: string; readonly state: OrchestrationState }) {
  const voices = new MemoryDocuments<Voice>(VOICES);
  await voices.create(voice);
  const orchestrations = new RecordingOrchestrations();
  if (instance !== undefined) {
    orchestrations.statuses.set(instance.id, { state: instance.state, customStatus: null, output: null });
  }
  const ports = {
    voices,
    orchestrations,
    clock: new ManualClock(NOW),
    logger: recordingLogger(),
    pollIntervalSeconds: 2,
  };
  const stored = async () => (await voices.read(voice.partition, voice.id))?.status;
  return { ports, orchestrations, stored };
}

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
      const { ports, orchestrations } = await setUp(voiceWith({ status }));

      expect(await makeReconcileVoices(ports)()).toEqual({ found: 1 });
      expect(orchestrations.started.map(({ name }) => name)).toEqual([orchestration]);
    },
  );

  it("fails a voice whose orchestration has failed, with what to do", async () => {
    const voice = voiceWith({ status: "training" });
    const { ports, orchestrations, stored } = await setUp(voice, { id: "train-voice_1", state: "failed" });

    await makeReconcileVoices(ports)();

    expect(await stored()).toBe("failed");
    expect(orchestrations.started).toEqual([]);
  });

  it("ends a cancellation that nobody finished", async () => {
    const { ports, stored } = await setUp(voiceWith({ status: "canceling" }));

    await makeReconcileVoices(ports)();

    expect(await stored()).toBe("canceled");
  });

  it("leaves alone what is at work, what is at rest, and what has just been written", async () => {
    const atWork = await setUp(voiceWith({ status: "training" }), { id: "train-voice_1", state: "running" });
    const atRest = await setUp(voiceWith({ status: "ready" }));
    const fresh = await setUp(voiceWith({ status: "training", updatedAt: NOW.toISOString() }));

    for (const { ports } of [atWork, atRest, fresh]) {
      expect(await makeReconcileVoices(ports)()).toEqual({ found: 0 });
    }
  });
});

describe("suspending idle voices", () => {
  const deployed = {
    kind: "professional",
    deploymentId: "d1",
    lastUsedAt: "2026-11-22T12:00:00.000Z",
  } as const;

  it("suspends a deployed voice that nobody spoke with for too long", async () => {
    const { ports, orchestrations, stored } = await setUp(voiceWith(deployed));

    expect(await makeSuspendIdleVoices({ ...ports, idleSuspendMinutes: 30 })()).toEqual({ suspended: 1 });
    expect(await stored()).toBe("suspending");
    expect(orchestrations.started).toMatchObject([{ name: "suspendVoiceOrchestration" }]);
  });

  it("leaves alone a voice that was used in time, a personal one, and everything when it is switched off", async () => {
    const used = await setUp(voiceWith({ ...deployed, lastUsedAt: "2026-11-22T12:45:00.000Z" }));
    const personal = await setUp(voiceWith());
    const off = await setUp(voiceWith(deployed));

    expect(await makeSuspendIdleVoices({ ...used.ports, idleSuspendMinutes: 30 })()).toEqual({
      suspended: 0,
    });
    expect(await makeSuspendIdleVoices({ ...personal.ports, idleSuspendMinutes: 30 })()).toEqual({
      suspended: 0,
    });
    expect(await makeSuspendIdleVoices({ ...off.ports, idleSuspendMinutes: 0 })()).toEqual({ suspended: 0 });
  });
});
