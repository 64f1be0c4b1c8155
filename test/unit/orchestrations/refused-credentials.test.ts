import { describe, expect, it } from "vitest";
import type { VoiceKind } from "../../../src/domain/voice/voice.ts";
import { suspendVoiceOrchestration } from "../../../src/orchestrations/change-voice.ts";
import { cleanVoiceOrchestration } from "../../../src/orchestrations/remove-from-azure.ts";
import { trainVoiceOrchestration } from "../../../src/orchestrations/train-voice.ts";
import { voiceWorld } from "../../support/voices/voice-world.ts";

const HOUR_MS = 60 * 60_000;

/** Azure refuses the credentials from the n-th pause of a training on, for so long. */
async function trainThroughRotation(
  kind: VoiceKind,
  rotation: { readonly fromPause: number; readonly lastsMs: number },
) {
  const world = await voiceWorld(kind);
  let pauses = 0;
  let refusedMs = 0;
  await world.run(trainVoiceOrchestration, {
    onTimer: () => {
      pauses += 1;
      world.azure.isLockedOut = pauses >= rotation.fromPause && refusedMs < rotation.lastsMs;
    },
    onPassed: (passedMs) => {
      refusedMs += world.azure.isLockedOut ? passedMs : 0;
      world.azure.isLockedOut &&= refusedMs < rotation.lastsMs;
    },
  });
  return { ...world, pauses, refusedMs };
}

describe.each<VoiceKind>(["personal", "professional"])(
  "credentials that Azure refuses during the training of a %s voice",
  (kind) => {
    it("for five hours, from any pause on, are lived through, with nothing removed or made twice", async () => {
      const { pauses } = await trainThroughRotation(kind, { fromPause: 1, lastsMs: 0 });
      expect(pauses).toBeGreaterThan(1);

      for (let fromPause = 1; fromPause <= pauses; fromPause += 1) {
        const lastsMs = 5 * HOUR_MS;
        const { azure, voice, refusedMs } = await trainThroughRotation(kind, { fromPause, lastsMs });

        const status = (await voice())?.status;
        expect([fromPause, refusedMs >= lastsMs, status]).toEqual([fromPause, true, "ready"]);
        expect(azure.removals()).toEqual([]);
        expect(new Set(azure.uploads).size).toBe(azure.uploads.length);
      }
    });

    it("for good fail the voice after six hours, say what to do, and keep what was paid for", async () => {
      const { azure, voice, run, rewrite, refusedMs } = await trainThroughRotation(kind, {
        fromPause: 2,
        lastsMs: Infinity,
      });
      const kept = [...azure.resources.keys()];

      expect(refusedMs).toBeGreaterThanOrEqual(6 * HOUR_MS);
      expect(refusedMs).toBeLessThan(6.2 * HOUR_MS);
      expect(await voice()).toMatchObject({
        status: "failed",
        error: {
          code: "speech-unauthorized",
          recovery: [expect.stringContaining("operator"), expect.stringContaining("/retry")],
        },
        leftInAzure: "endpoint",
      });
      expect(kept.length).toBeGreaterThan(1);

      azure.mend();
      const input = { voiceId: "voice_1", ownerId: "user-1", scope: "endpoint" };
      await run(cleanVoiceOrchestration, { input });
      await rewrite({ status: "pending", error: null });
      await run(trainVoiceOrchestration);

      expect(await voice()).toMatchObject({ status: "ready", error: null });
      expect([...azure.resources.keys()]).toEqual(expect.arrayContaining(kept));
      expect(new Set(azure.removals())).toEqual(new Set(["deleteEndpoint"]));
    });

    it("from its very first call on fail the voice at once, also where an attempt before has left a model", async () => {
      const { azure, voice, run } = await voiceWorld(kind);
      await azure.service().createProject("voice_1", kind);
      azure.isLockedOut = true;
      let waitedMs = 0;

      await run(trainVoiceOrchestration, {
        onPassed: (passedMs) => {
          waitedMs += passedMs;
        },
      });

      expect(waitedMs).toBe(0);
      expect(await voice()).toMatchObject({ status: "failed", error: { code: "speech-unauthorized" } });
      expect([...azure.resources.keys()]).toEqual(["project/voice_1"]);
    });
  },
);

async function suspendingVoice() {
  const world = await voiceWorld("professional");
  await world.run(trainVoiceOrchestration);
  await world.rewrite({ status: "suspending" });
  return world;
}

describe("credentials that Azure refuses", () => {
  it("during a suspension that it has accepted are lived through", async () => {
    const { activities, azure, run, voice } = await suspendingVoice();
    const suspendAzureEndpoint: typeof activities.suspendAzureEndpoint = async (ref) => {
      const answer = await activities.suspendAzureEndpoint(ref);
      azure.isLockedOut = true;
      return answer;
    };
    let refusedMs = 0;
    await run(suspendVoiceOrchestration, {
      activities: { ...activities, suspendAzureEndpoint },
      onPassed: (passedMs) => {
        refusedMs += passedMs;
        azure.isLockedOut = refusedMs < HOUR_MS;
      },
    });

    expect(refusedMs).toBeGreaterThanOrEqual(HOUR_MS);
    expect(await voice()).toMatchObject({ status: "suspended", error: null });
  });

  it("before it has accepted a suspension leave the voice ready, with an error at once", async () => {
    const { azure, run, voice } = await suspendingVoice();
    azure.isLockedOut = true;
    let waitedMs = 0;
    await run(suspendVoiceOrchestration, {
      onPassed: (passedMs) => {
        waitedMs += passedMs;
      },
    });

    expect(waitedMs).toBe(0);
    expect(await voice()).toMatchObject({ status: "ready", error: { code: "speech-unauthorized" } });
  });
});
