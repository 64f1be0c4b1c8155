import type { Consent } from "../../../src/domain/voice/consent.ts";
import type { Voice } from "../../../src/domain/voice/voice.ts";

const recording = {
  fileName: "a.wav",
  blobName: "user-1/voice_1/a",
  contentType: "audio/wav",
  durationMs: 8_000,
};
const times = { createdAt: "2026-11-22T12:00:00.000Z", updatedAt: "2026-11-22T12:00:00.000Z" };

/** What a professional voice is trained from. */
export const PROFESSIONAL = {
  recipe: "Default",
  dataLocale: "en-US",
  presetStyles: [],
  modelVoiceName: "VcvoiceNeural",
  transcriptBlob: "user-1/voice_1/scripts/transcript.txt",
  endpointKind: "HighPerformance",
  needsTranscript: false,
} as const;

/** A ready personal voice of `user-1`. */
export function voiceWith(changes: Partial<Voice> = {}): Voice {
  return {
    id: "voice_1",
    partition: "user-1",
    name: "Narrator",
    description: "",
    kind: "personal",
    locale: "en-US",
    status: "ready",
    progressPercent: 100,
    stages: [],
    error: null,
    consentId: "consent_1",
    samples: { container: "samples", prefix: "user-1/voice_1/audio/", count: 1, durationMs: 8_000 },
    professional: null,
    deploymentId: null,
    lastUsedAt: null,
    baseModel: "DragonLatestNeural",
    speakerProfileId: "3059912f-a3dc-49e3-bdd0-02e449df1fe3",
    defaults: {},
    labels: {},
    visibility: "private",
    ...times,
    ...changes,
  };
}

/** The verified consent that the voice was made with. */
export function consentWith(changes: Partial<Consent> = {}): Consent {
  return {
    id: "consent_1",
    partition: "user-1",
    voiceTalentName: "A Speaker",
    companyName: "A Company",
    locale: "en-US",
    statement: "I A Speaker am aware.",
    status: "verified",
    expiresAt: null,
    revokedAt: null,
    recording: { ...recording, blobName: "user-1/consents/consent_1" },
    recordingSha256: "0".repeat(64),
    ...times,
    ...changes,
  };
}
