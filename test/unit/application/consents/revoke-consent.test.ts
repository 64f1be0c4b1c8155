import { describe, expect, it } from "vitest";
import { CONSENTS } from "../../../../src/application/consents/consent-collection.ts";
import { makeFindConsent } from "../../../../src/application/consents/find-consent.ts";
import { makeRevokeConsent } from "../../../../src/application/consents/revoke-consent.ts";
import type { Consent } from "../../../../src/domain/voice/consent.ts";
import { changeAfterRead } from "../../../support/change-after-read.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { principalWith } from "../../../support/principals.ts";
import { RecordingOrchestrations } from "../../../support/voices/recording-orchestrations.ts";
import { consentWith } from "../../../support/voices/voice-fixtures.ts";

describe("withdrawing a consent", () => {
  it("wins over whoever writes the consent at the same time", async () => {
    const consents = new MemoryDocuments<Consent>(CONSENTS);
    await consents.create(consentWith({ status: "recorded" }));
    const orchestrations = new RecordingOrchestrations();
    const findConsent = makeFindConsent(consents);
    const clock = new ManualClock();
    const revokeConsent = makeRevokeConsent({ consents, findConsent, orchestrations, clock });
    const verify = async () => consents.upsert(consentWith({ status: "verified" }));
    changeAfterRead(consents, async () => {
      await verify();
      changeAfterRead(consents, verify);
    });

    const consent = await revokeConsent(principalWith(["Voice.Trainer"], "user-1"), "consent_1");

    expect(consent).toMatchObject({ status: "revoked", removedAt: null });
    expect(orchestrations.started).toMatchObject([{ instanceId: "revoke-consent_1" }]);
  });
});
