import type { OrchestrationHandler } from "durable-functions";
import { describe, expect, it } from "vitest";
import { endpointIdOf } from "../../../src/application/voices/deployment-activities.ts";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import type { Voice } from "../../../src/domain/voice/voice.ts";
import {
  resumeVoiceOrchestration,
  suspendVoiceOrchestration,
} from "../../../src/orchestrations/change-voice.ts";
import { deleteVoiceOrchestration } from "../../../src/orchestrations/delete-voice.ts";
import { revokeConsentOrchestration } from "../../../src/orchestrations/revoke-consent.ts";
import { trainVoiceOrchestration } from "../../../src/orchestrations/train-voice.ts";
import { consentWith, voiceWith } from "../../support/voices/voice-fixtures.ts";
import { voiceWorld } from "../../support/voices/voice-world.ts";

const HOUR_MS = 60 * 60_000;
const ENDPOINT_ID = endpointIdOf(nodeHasher, "voice_1");

/** A professional voice that has been trained and deployed. */
async function deployedVoice(changes: Partial<Voice> = {}) {
  const world = await voiceWorld("professional");
  await world.run(trainVoiceOrchestration);
  await world.rewrite({ ...changes });
  return world;
}

const CHANGES: readonly {
  readonly handler: OrchestrationHandler;
  readonly before: Voice["status"];
  readonly busy: Voice["status"];
  readonly after: Voice["status"];
}[] = [
  { handler: suspendVoiceOrchestration, before: "ready", busy: "suspending", after: "suspended" },
  { handler: resumeVoiceOrchestration, before: "suspended", busy: "resuming", after: "ready" },
];

const stuck = async () => ({ progress: "running" });

describe.each(CHANGES)("a voice that is $busy", ({ handler, before, busy, after }) => {
  async function changingVoice() {
    const world = await deployedVoice({ status: busy });
    if (before === "suspended") {
      await world.azure.service().suspendEndpoint(ENDPOINT_ID);
    }
    return world;
  }

  it("lives through hours in which everything is down", async () => {
    const { azure, run, voice } = await changingVoice();
    azure.isDown = true;
    let downMs = 0;
    await run(handler, {
      onPassed: (passedMs) => {
        downMs += passedMs;
        azure.isDown = downMs < 5 * HOUR_MS;
      },
    });

    expect(await voice()).toMatchObject({ status: after, error: null });
  });

  it("goes back to where it was, with an error, when everything stays down", async () => {
    const { azure, run, voice } = await changingVoice();
    azure.isDown = true;

    await run(handler);

    expect(await voice()).toMatchObject({ status: before, error: { code: "custom-voice-unavailable" } });
  });

  it("goes back to where it was, with an error, when any one call is refused", async () => {
    const { azure, run } = await changingVoice();
    const first = azure.calls.length;
    await run(handler);
    const last = azure.calls.length;
    expect(last - first).toBeGreaterThan(2);

    for (let callIndex = first; callIndex < last; callIndex += 1) {
      const world = await changingVoice();
      world.azure.fault = { callIndex, kind: "not-approved" };

      await world.run(handler);

      expect(await world.voice()).toMatchObject({
        status: before,
        error: { code: "custom-voice-not-approved" },
      });
    }
  });

  it("goes back to where it was, with an error, when the endpoint has failed", async () => {
    const { azure, run, voice } = await changingVoice();
    await azure.service().resumeEndpoint(ENDPOINT_ID);
    azure.failures.set("endpoint", "Internal");

    await run(handler);

    expect(await voice()).toMatchObject({ status: before, error: { code: "training-failed" } });
  });

  it("goes back to where it was, with an error, when the endpoint does not move for hours", async () => {
    const { activities, run, voice } = await changingVoice();
    await run(handler, {
      activities: { ...activities, azureSuspensionProgress: stuck, azureEndpointProgress: stuck },
    });

    expect(await voice()).toMatchObject({
      status: before,
      error: { code: "custom-voice-unavailable", message: expect.stringContaining("within three hours") },
    });
  });

  it("stays disabled when its consent was withdrawn meanwhile", async () => {
    const { activities, run, voice } = await changingVoice();
    await activities.disableVoice({ voiceId: "voice_1", ownerId: "user-1" });

    await run(handler);

    expect(await voice()).toMatchObject({ status: "failed", error: { code: "consent-revoked" } });
  });
});

describe("the deletion of a voice", () => {
  it("fails while everything is down, and removes everything when it is repeated", async () => {
    const { azure, run, voice } = await deployedVoice({ status: "deleting" });
    azure.isDown = true;

    await expect(run(deleteVoiceOrchestration)).rejects.toThrow("No answer.");
    expect(await voice()).toMatchObject({
      status: "deleting",
      error: {
        code: "custom-voice-unavailable",
        message: expect.stringContaining("could not be removed"),
        recovery: [expect.stringContaining("repeated every five minutes")],
      },
    });
    azure.mend();
    await run(deleteVoiceOrchestration);

    expect(await voice()).toBeUndefined();
    expect([...azure.resources.keys()]).toEqual([]);
  });
});

const input = { consentId: "consent_1", ownerId: "user-1" };

async function revokedConsent() {
  const world = await deployedVoice();
  await world.voices.create(voiceWith({ id: "voice_2" }));
  await world.azure.service().createProject("voice_2", "personal");
  await world.consents.upsert(consentWith({ status: "revoked", removedAt: null }));
  const recording = async () =>
    world.blobs.read({ container: "samples", name: consentWith().recording.blobName });
  const consent = async () => world.consents.read("user-1", "consent_1");
  const statuses = async () => (await world.voices.query({ limit: 10 })).items.map(({ status }) => status);
  return { ...world, recording, consent, statuses };
}

describe("a deletion that Azure refuses", () => {
  it.each<{ what: string; isLockedOut: boolean; refusal: string; code: string; advice: RegExp }>([
    {
      what: "our credentials",
      isLockedOut: true,
      refusal: "Access denied.",
      code: "speech-unauthorized",
      advice: /key, region or role/,
    },
    {
      what: "to work without approval",
      isLockedOut: false,
      refusal: "Forbidden.",
      code: "custom-voice-not-approved",
      advice: /customneural/,
    },
  ])("says in the voice what is wrong: $what", async ({ isLockedOut, refusal, code, advice }) => {
    const { azure, run, voice } = await deployedVoice({ status: "deleting" });
    azure.isLockedOut = isLockedOut;
    azure.fault = { callIndex: azure.calls.length, kind: "not-approved" };

    await expect(run(deleteVoiceOrchestration)).rejects.toThrow(refusal);

    const { status, error } = (await voice()) ?? {};
    expect([status, error?.code]).toEqual(["deleting", code]);
    expect(error?.recovery.join(" ")).toMatch(advice);
  });
});

describe("the withdrawal of a consent", () => {
  it("disables every voice and removes the recording while Azure is down, and the rest when it is repeated", async () => {
    const { azure, run, recording, consent, statuses } = await revokedConsent();
    azure.isDown = true;

    await run(revokeConsentOrchestration, { input });

    expect(await statuses()).toEqual(["failed", "failed"]);
    expect(await recording()).toBeUndefined();
    expect(await consent()).toMatchObject({ removedAt: null });
    azure.mend();
    await run(revokeConsentOrchestration, { input });

    expect([...azure.resources.keys()]).toEqual([]);
    expect(await consent()).toMatchObject({ removedAt: expect.any(String) });
  });

  it("is complete only when no call has failed, whichever it was", async () => {
    const first = (await revokedConsent()).azure.calls.length;
    const whole = await revokedConsent();
    await whole.run(revokeConsentOrchestration, { input });
    const last = whole.azure.calls.length;
    expect(await whole.consent()).toMatchObject({ removedAt: expect.any(String) });

    for (let callIndex = first; callIndex < last; callIndex += 1) {
      const { azure, run, consent, statuses } = await revokedConsent();
      azure.fault = { callIndex, kind: "not-approved" };

      await run(revokeConsentOrchestration, { input });

      expect(await statuses()).toEqual(["failed", "failed"]);
      expect(await consent()).toMatchObject({ removedAt: null });
      azure.mend();
      await run(revokeConsentOrchestration, { input });
      expect([...azure.resources.keys()]).toEqual([]);
      expect(await consent()).toMatchObject({ removedAt: expect.any(String) });
    }
  });

  it("removes once more what a version that noted no removal had withdrawn, and keeps the moment from then on", async () => {
    const { azure, clock, run, consent, consents } = await revokedConsent();
    await consents.upsert(consentWith({ status: "revoked", revokedAt: clock.now().toISOString() }));
    expect(await consent()).not.toHaveProperty("removedAt");

    await run(revokeConsentOrchestration, { input });
    const removedAt = (await consent())?.removedAt;
    clock.advance(3_600);
    await run(revokeConsentOrchestration, { input });

    expect([...azure.resources.keys()]).toEqual([]);
    expect(removedAt).toEqual(expect.any(String));
    expect(await consent()).toMatchObject({ removedAt });
  });
});
