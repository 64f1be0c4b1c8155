import { describe, expect, it } from "vitest";
import type { VoiceKind } from "../../../src/domain/voice/voice.ts";
import { cleanVoiceOrchestration } from "../../../src/orchestrations/remove-from-azure.ts";
import { trainVoiceOrchestration } from "../../../src/orchestrations/train-voice.ts";
import { consentWith } from "../../support/voices/voice-fixtures.ts";
import { voiceWorld } from "../../support/voices/voice-world.ts";

const HOUR_MS = 60 * 60_000;

/** Azure does not answer from the n-th pause on, for so long. */
async function runThroughOutage(
  kind: VoiceKind,
  outage: { readonly fromPause: number; readonly lastsMs: number },
) {
  const world = await voiceWorld(kind);
  let pauses = 0;
  let downMs = 0;
  await world.run(trainVoiceOrchestration, {
    onTimer: () => {
      pauses += 1;
      world.azure.isDown = pauses >= outage.fromPause && downMs < outage.lastsMs;
    },
    onPassed: (passedMs) => {
      downMs += world.azure.isDown ? passedMs : 0;
      world.azure.isDown &&= downMs < outage.lastsMs;
    },
  });
  return { ...world, pauses, downMs };
}

describe.each<VoiceKind>(["personal", "professional"])(
  "everything down during the training of a %s voice",
  (kind) => {
    it("for five hours, from any pause on, is lived through, with nothing removed", async () => {
      const { pauses } = await runThroughOutage(kind, { fromPause: 1, lastsMs: 0 });
      expect(pauses).toBeGreaterThan(1);

      for (let fromPause = 1; fromPause <= pauses; fromPause += 1) {
        const lastsMs = 5 * HOUR_MS;
        const { azure, voice, downMs } = await runThroughOutage(kind, { fromPause, lastsMs });

        expect([fromPause, downMs >= lastsMs, (await voice())?.status]).toEqual([fromPause, true, "ready"]);
        expect(azure.removals()).toEqual([]);
      }
    });

    it("for good fails the voice with a mark of what to remove, and a clean-up that repeats it later", async () => {
      const { azure, voice, run } = await runThroughOutage(kind, { fromPause: 2, lastsMs: Infinity });

      expect(await voice()).toMatchObject({
        status: "failed",
        error: { code: "custom-voice-unavailable" },
        leftInAzure: "endpoint",
      });
      const input = { voiceId: "voice_1", ownerId: "user-1", scope: "endpoint" };
      await expect(run(cleanVoiceOrchestration, { input })).rejects.toThrow("No answer.");
      expect(await voice()).toMatchObject({ leftInAzure: "endpoint" });
      azure.mend();
      await run(cleanVoiceOrchestration, { input });

      expect(await voice()).toMatchObject({ status: "failed", leftInAzure: null });
    });

    it("while it is canceled keeps the mark until everything has been removed", async () => {
      const { azure, voice, run } = await voiceWorld(kind);
      await run(trainVoiceOrchestration, {
        onTimer: (raise) => {
          azure.isDown = true;
          raise("cancel");
        },
      });

      expect(await voice()).toMatchObject({ status: "canceled", leftInAzure: "everything" });
      expect(azure.resources.size).toBeGreaterThan(0);
      azure.mend();
      await run(cleanVoiceOrchestration, {
        input: { voiceId: "voice_1", ownerId: "user-1", scope: "everything" },
      });

      expect(await voice()).toMatchObject({ status: "canceled", leftInAzure: null });
      expect([...azure.resources.keys()]).toEqual([]);
    });
  },
);

describe("a training", () => {
  it.each(["canceling", "deleting", "failed"] as const)(
    "leaves a voice that became %s in the last step as it is, and nothing in Azure",
    async (status) => {
      const { activities, azure, run, voice, rewrite } = await voiceWorld("personal");
      const finishVoiceTraining: typeof activities.finishVoiceTraining = async (input) => {
        await rewrite({ status });
        return activities.finishVoiceTraining(input);
      };

      await run(trainVoiceOrchestration, { activities: { ...activities, finishVoiceTraining } });

      expect((await voice())?.status).toBe(status === "canceling" ? "canceled" : status);
      expect([...azure.resources.keys()]).toEqual([]);
    },
  );

  it("fails when the consent is withdrawn in the last step", async () => {
    const { activities, azure, consents, run, voice } = await voiceWorld("personal");
    const finishVoiceTraining: typeof activities.finishVoiceTraining = async (input) => {
      await consents.upsert(consentWith({ status: "revoked" }));
      return activities.finishVoiceTraining(input);
    };

    await run(trainVoiceOrchestration, { activities: { ...activities, finishVoiceTraining } });

    expect(await voice()).toMatchObject({ status: "failed", error: { code: "consent-revoked" } });
    expect([...azure.resources.keys()]).toEqual([]);
  });

  it("goes on in new executions while a model is trained for days, and a cancel between two is not lost", async () => {
    const ending = { ready: 1_000, canceled: 1_000 };
    for (const outcome of ["ready", "canceled"] as const) {
      const { activities, azure, run, voice, rewrite } = await voiceWorld("professional");
      let looks = 0;
      const azureModelProgress: typeof activities.azureModelProgress = async (input) => {
        looks += 1;
        if (looks === 150 && outcome === "canceled") {
          await rewrite({ status: "canceling" });
        }
        return looks < ending[outcome] ? { progress: "running" } : activities.azureModelProgress(input);
      };

      await run(trainVoiceOrchestration, { activities: { ...activities, azureModelProgress } });

      expect((await voice())?.status).toBe(outcome);
      expect((await voice())?.stages.map(({ name }) => name).slice(0, 3)).toEqual([
        "verifying-consent",
        "processing-samples",
        "training",
      ]);
      expect(azure.uploads).toHaveLength(1);
      expect(looks < 250).toBe(outcome === "canceled");
    }
  });

  it("writes nothing into a voice whose next attempt has begun", async () => {
    const { activities, voice } = await voiceWorld("personal", { attempt: 1 });

    const failure = { code: "training-failed", message: "Late.", recovery: [] } as const;
    const ref = { voiceId: "voice_1", ownerId: "user-1", attempt: 0 };
    await activities.endVoiceTraining({ ...ref, outcome: "failed", failure, leftInAzure: "everything" });

    expect(await voice()).toMatchObject({ status: "pending", error: null });
    expect(await activities.enterVoiceStage({ ...ref, stage: "deploying" })).toEqual({ isAccepted: false });
  });
});
