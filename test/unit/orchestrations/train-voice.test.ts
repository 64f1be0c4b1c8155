import { describe, expect, it } from "vitest";
import type { VoiceKind } from "../../../src/domain/voice/voice.ts";
import { trainVoiceOrchestration } from "../../../src/orchestrations/train-voice.ts";
import type { AzureFault } from "../../support/voices/memory-azure.ts";
import { consentWith } from "../../support/voices/voice-fixtures.ts";
import { voiceWorld } from "../../support/voices/voice-world.ts";

async function setUp(kind: VoiceKind) {
  const world = await voiceWorld(kind);
  const run = (onTimer?: (raise: (name: string) => void) => void) =>
    world.run(trainVoiceOrchestration, { ...(onTimer !== undefined && { onTimer }) });
  return { ...world, run };
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

  it("fails when any one operation stays down, keeps all but the endpoint, and a retry repeats nothing finished", async () => {
    const calls = await callsOf(kind);

    for (const callIndex of calls.keys()) {
      const { azure, run, voice, rewrite } = await setUp(kind);
      azure.fault = { callIndex, kind: "down-for-good" };

      await run();

      const failed = await voice();
      expect([calls[callIndex], failed?.status, failed?.error?.code]).toEqual([
        calls[callIndex],
        "failed",
        "custom-voice-unavailable",
      ]);
      expect(failed?.error?.recovery.join(" ")).toContain("/retry");
      expect(azure.removals()).toEqual(["deleteEndpoint"]);
      expect([...azure.resources.keys()].filter((key) => key.startsWith("endpoint/"))).toEqual([]);

      azure.mend();
      await rewrite({ status: "pending", error: null });
      await run();

      expect([calls[callIndex], (await voice())?.status]).toEqual([calls[callIndex], "ready"]);
      expect(azure.removals()).toEqual(["deleteEndpoint"]);
      expect(new Set(azure.uploads).size).toBeLessThanOrEqual(1);
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

describe("a model that Azure says to speak further languages", () => {
  it("makes a voice that does, however often its activity runs", async () => {
    const { run, voice, activities } = await setUp("professional");

    await run();
    const { etag } = (await voice()) ?? {};
    await activities.azureModelProgress({ voiceId: "voice_1", ownerId: "user-1" });

    expect(await voice()).toMatchObject({ etag, professional: { secondaryLocales: ["de-DE", "fr-FR"] } });
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
