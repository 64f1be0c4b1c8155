import { describe, expect, it } from "vitest";
import { meteredActivities } from "../../../../src/application/metering/metered-activities.ts";
import { meteredSpeak, meteredSpeakStream } from "../../../../src/application/metering/metered-synthesis.ts";
import type { Activities } from "../../../../src/application/ports/activities.ts";
import type { Speak } from "../../../../src/application/synthesis/speak.ts";
import type { SpeakStream } from "../../../../src/application/synthesis/speak-stream.ts";
import { principalWith } from "../../../support/principals.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";

const never = new AbortController().signal;
const somebody = principalWith(["Voice.User"]);
const request = {} as Parameters<Speak>[1];

const failingSpeak: Speak = () => Promise.reject(new Error("down"));

/** A clock that moves on by a quarter of a second whenever it is read. */
function steps(): () => number {
  let nowMs = 0;
  return () => (nowMs += 250);
}

describe("the meters", () => {
  it("compare the time to make audio with the time to play it", async () => {
    const metrics = new RecordingMetrics();
    const speak = (async () => ({ durationMs: 1_000 })) as unknown as Speak;

    await meteredSpeak(speak, { metrics, nowMs: steps() })(somebody, request, never);

    expect(metrics.recorded).toEqual([
      { name: "voice_real_time_factor_ratio", labels: { mode: "whole" }, value: 0.25 },
    ]);
  });

  it("tell how long the first audio of a stream took", async () => {
    const metrics = new RecordingMetrics();
    const speakStream = (async () => ({})) as unknown as SpeakStream;

    await meteredSpeakStream(speakStream, { metrics, nowMs: steps() })(somebody, request, never);

    expect(metrics.values("voice_time_to_first_audio_seconds")).toEqual([0.25]);
  });

  it("tell nothing of what failed", async () => {
    const metrics = new RecordingMetrics();

    await expect(
      meteredSpeak(failingSpeak, { metrics, nowMs: steps() })(somebody, request, never),
    ).rejects.toThrow("down");

    expect(metrics.recorded).toEqual([]);
  });

  it("count how trainings go", async () => {
    const metrics = new RecordingMetrics();
    const activities = {
      enterVoiceStage: async () => ({}),
      finishVoiceTraining: async ({ attempt }: { attempt: number }) => ({ isAccepted: attempt === 0 }),
      endVoiceTraining: async () => ({}),
    } as unknown as Activities;
    const metered = meteredActivities(activities, metrics);
    const voice = { voiceId: "voice_1", ownerId: "ada", attempt: 0 };

    await metered.enterVoiceStage({ ...voice, stage: "training" });
    await metered.finishVoiceTraining({ ...voice, handle: { deploymentId: "d1" } });
    await metered.finishVoiceTraining({ ...voice, attempt: 1, handle: { deploymentId: "d1" } });
    await metered.endVoiceTraining({ ...voice, outcome: "failed", failure: null, leftInAzure: null });

    expect(metrics.recorded.map(({ labels }) => labels["outcome"])).toEqual([
      "entered",
      "succeeded",
      "failed",
    ]);
  });
});
