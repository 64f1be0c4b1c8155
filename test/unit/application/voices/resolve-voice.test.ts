import { describe, expect, it } from "vitest";
import { CONSENTS } from "../../../../src/application/consents/consent-collection.ts";
import { makeVoiceResolver } from "../../../../src/application/voices/resolve-voice.ts";
import type { Principal } from "../../../../src/domain/access/principal.ts";
import type { Consent } from "../../../../src/domain/voice/consent.ts";
import type { Voice } from "../../../../src/domain/voice/voice.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { principalWith } from "../../../support/principals.ts";
import { memoryVoices } from "../../../support/voices/memory-voices.ts";
import { consentWith, voiceWith } from "../../../support/voices/voice-fixtures.ts";

const AVA = {
  name: "en-US-AvaMultilingualNeural",
  displayName: "Ava",
  localName: "Ava",
  locale: "en-US",
  localeName: "English (United States)",
  secondaryLocales: [],
  gender: "female",
  styles: ["chat"],
  roles: [],
  sampleRateHz: 24_000,
  status: "ga",
} as const;

async function setUp(voice: Voice = voiceWith(), consent: Consent = consentWith()) {
  const { voices, shared } = await memoryVoices(voice);
  const consents = new MemoryDocuments<Consent>(CONSENTS);
  await consents.create(consent);
  const resolver = makeVoiceResolver({
    voices,
    shared,
    consents,
    catalog: { list: async () => [AVA] },
    clock: new ManualClock(),
  });
  const own = (principal: Principal) =>
    resolver.resolve(principal, { kind: "own", voiceId: voice.id }, AbortSignal.timeout(1000));
  const named = (name: string) =>
    resolver.resolve(owner, { kind: "catalog", voice: name }, AbortSignal.timeout(1000));
  return { own, named };
}

const owner = principalWith(["Voice.User"], "user-1");
const stranger = principalWith(["Voice.User"], "user-2");
const admin = principalWith(["Voice.Admin"], "user-3");

describe("resolving a voice", () => {
  it("gives the owner the speaker profile and the base model", async () => {
    const { own } = await setUp();

    expect(await own(owner)).toMatchObject({
      kind: "personal",
      voiceName: "DragonLatestNeural",
      family: "dragon",
      speakerProfileId: "3059912f-a3dc-49e3-bdd0-02e449df1fe3",
    });
  });

  it("hides a private voice from others, but not from admins", async () => {
    const { own } = await setUp();

    await expect(own(stranger)).rejects.toMatchObject({ code: "voice-not-found" });
    expect(await own(admin)).toMatchObject({ voiceId: "voice_1" });
  });

  it("lets everybody speak with a voice that is shared with the organization", async () => {
    const { own } = await setUp(voiceWith({ visibility: "organization" }));

    expect(await own(stranger)).toMatchObject({ voiceId: "voice_1" });
  });

  it("refuses a voice that is not ready, saying what it is doing", async () => {
    const { own } = await setUp(voiceWith({ status: "training", speakerProfileId: null }));

    await expect(own(owner)).rejects.toMatchObject({
      code: "voice-not-ready",
      details: { status: "training" },
    });
  });

  it("refuses a voice whose consent has been withdrawn", async () => {
    const { own } = await setUp(voiceWith(), consentWith({ status: "revoked" }));

    await expect(own(owner)).rejects.toMatchObject({ code: "consent-revoked" });
  });

  it("finds a catalog voice by its name, whatever the case", async () => {
    const { named } = await setUp();

    expect(await named("EN-us-avamultilingualneural")).toMatchObject({
      kind: "prebuilt",
      voiceName: "en-US-AvaMultilingualNeural",
      styles: ["chat"],
    });
    await expect(named("en-US-NobodyNeural")).rejects.toMatchObject({ code: "voice-not-found" });
  });
});
