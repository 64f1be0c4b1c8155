import { describe, expect, it } from "vitest";
import { makeDeleteVoice } from "../../../../src/application/voices/delete-voice.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { principalWith } from "../../../support/principals.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";
import { voiceWith } from "../../../support/voices/voice-fixtures.ts";

async function setUp(voice: Voice) {
  const { voices, shared } = await memoryVoices(voice);
  const orchestrations = new RecordingOrchestrations();
  const deleteVoice = makeDeleteVoice({ voices, shared, orchestrations, clock: new ManualClock() });
  return { deleteVoice, orchestrations };
}

describe("deleting a voice", () => {
  it("cancels the voice's training and starts its removal", async () => {
    const { deleteVoice, orchestrations } = await setUp(voiceWith({ status: "training" }));

    const voice = await deleteVoice(principalWith(["Voice.Trainer"], "user-1"), "voice_1");

    expect(voice.status).toBe("deleting");
    expect(orchestrations.events).toEqual([{ instanceId: "train-voice_1", eventName: "cancel" }]);
    expect(orchestrations.started).toMatchObject([
      { name: "deleteVoiceOrchestration", instanceId: "delete-voice_1" },
    ]);
  });

  it("forgets why the training failed, but not why the removal has not succeeded yet", async () => {
    const error = { code: "training-failed", message: "Too short.", recovery: [] } as const;
    for (const [status, kept] of [
      ["failed", null],
      ["deleting", error],
    ] as const) {
      const { deleteVoice } = await setUp(voiceWith({ status, error }));

      const voice = await deleteVoice(principalWith(["Voice.Trainer"], "user-1"), "voice_1");

      expect(voice).toMatchObject({ status: "deleting", error: kept });
    }
  });

  it("does not let others delete a voice that is shared with them", async () => {
    const { deleteVoice, orchestrations } = await setUp(voiceWith({ visibility: "organization" }));

    const attempt = deleteVoice(principalWith(["Voice.Trainer"], "user-2"), "voice_1");

    await expect(attempt).rejects.toMatchObject({ code: "voice-not-found" });
    expect(orchestrations.started).toEqual([]);
  });
});
