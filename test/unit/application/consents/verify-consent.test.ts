import { describe, expect, it } from "vitest";
import type { ConsentStatus } from "../../../../src/domain/voice/consent.ts";
import { changeAfterRead } from "../../../support/change-after-read.ts";
import { consentWith } from "../../../support/voices/voice-fixtures.ts";
import { voiceWorld } from "../../../support/voices/voice-world.ts";

const REF = { voiceId: "voice_1", ownerId: "user-1" };

describe("a consent that Azure has accepted", () => {
  it.each<{ what: string; status: ConsentStatus }>([
    { what: "another training writes the same", status: "verified" },
    { what: "it is withdrawn", status: "revoked" },
  ])("ends no training, and stays as it is, when $what meanwhile", async ({ status }) => {
    const { activities, consents } = await voiceWorld("personal");
    await activities.createAzureConsent(REF);
    await activities.azureConsentProgress(REF);
    changeAfterRead(consents, async () => consents.upsert(consentWith({ status })));

    expect(await activities.azureConsentProgress(REF)).toEqual({ progress: "succeeded" });
    expect(await consents.read("user-1", "consent_1")).toMatchObject({ status });
  });
});
