import { describe, expect, it } from "vitest";
import { makeCancelTraining, makeRetryTraining } from "../../../../src/application/voices/change-training.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { principalWith } from "../../../support/principals.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

const owner = principalWith(["Voice.Trainer"], "user-1");

async function setUp(changes: Partial<Voice>) {
  const { voices, shared } = await memoryVoices(voiceWith(changes));
  const orchestrations = new RecordingOrchestrations();
  const ports = { voices, shared, orchestrations, clock: new ManualClock(), pollIntervalSeconds: 2 };
  return { ports, orchestrations };
}

describe("retrying a training", () => {
  it("starts another orchestration than the last, which may still be closing, and cancels that one", async () => {
    const { ports, orchestrations } = await setUp({ status: "failed" });

    const voice = await makeRetryTraining(ports)(owner, "voice_1");
    await makeCancelTraining(ports)(owner, "voice_1");

    expect(voice).toMatchObject({ status: "pending", attempt: 1, error: null });
    expect(orchestrations.started).toMatchObject([{ instanceId: "train-voice_1-1", input: { attempt: 1 } }]);
    expect(orchestrations.events).toEqual([{ instanceId: "train-voice_1-1", eventName: "cancel" }]);
  });

  it("waits until what the training before left in Azure is removed, which would take the new with it", async () => {
    const { ports, orchestrations } = await setUp({ status: "canceled", leftInAzure: "everything" });

    const attempt = makeRetryTraining(ports)(owner, "voice_1");

    await expect(attempt).rejects.toMatchObject({ code: "voice-state-conflict" });
    expect(orchestrations.started).toEqual([]);
  });
});
