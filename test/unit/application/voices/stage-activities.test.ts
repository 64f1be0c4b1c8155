import { describe, expect, it } from "vitest";
import type { VoiceStatus } from "../../../../src/domain/voice/voice-status.ts";
import { consentWith } from "../../../support/voices/voice-fixtures.ts";
import { voiceWorld } from "../../../support/voices/voice-world.ts";

const REF = { voiceId: "voice_1", ownerId: "user-1", attempt: 0 };
const HANDLE = { deploymentId: "deployment-1" };

/** A professional voice that its training has just made ready, with an answer that got lost. */
async function readyVoice() {
  const world = await voiceWorld("professional", { status: "deploying" });
  const finish = async () => world.activities.finishVoiceTraining({ ...REF, handle: HANDLE });
  await finish();
  return { ...world, finish };
}

describe("a training that says once more that the voice is ready", () => {
  it.each<VoiceStatus>(["ready", "suspending", "suspended", "resuming"])(
    "is accepted, and changes nothing, where the voice is %s by now",
    async (status) => {
      const { finish, rewrite, voice } = await readyVoice();
      await rewrite({ status });
      const before = await voice();

      expect(await finish()).toEqual({ isAccepted: true });
      expect(await voice()).toEqual(before);
    },
  );

  it("is accepted when the consent has ended since", async () => {
    const { finish, consents, clock } = await readyVoice();
    await consents.upsert(consentWith({ expiresAt: clock.now().toISOString() }));

    expect(await finish()).toEqual({ isAccepted: true });
  });

  it.each<VoiceStatus>(["canceling", "canceled", "failed", "deleting"])(
    "is not accepted where the voice is %s by now",
    async (status) => {
      const { finish, rewrite } = await readyVoice();
      await rewrite({ status });

      expect(await finish()).toEqual({ isAccepted: false });
    },
  );

  it("is not accepted once another attempt has begun", async () => {
    const { finish, rewrite } = await readyVoice();
    await rewrite({ status: "suspended", attempt: 1 });

    expect(await finish()).toEqual({ isAccepted: false });
  });
});

describe("a suspension or resumption that says once more how it ended", () => {
  it.each([
    { during: "suspending", status: "suspended", opposite: "resuming" },
    { during: "resuming", status: "ready", opposite: "suspending" },
  ] as const)("leaves the voice $opposite that was $during before", async (change) => {
    const { during, status, opposite } = change;
    const { activities, rewrite, voice } = await readyVoice();
    const finish = async () => activities.finishVoiceChange({ ...REF, during, status, failure: null });
    await rewrite({ status: during });
    await finish();
    expect(await voice()).toMatchObject({ status });

    await rewrite({ status: opposite });
    await finish();

    expect(await voice()).toMatchObject({ status: opposite });
  });
});
