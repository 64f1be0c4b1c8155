import { type OperationExamples, pageOf } from "./operation-example.ts";

const voice = {
  id: "voice_01J9ZQ3M8K6T4R2W0V5XNBHC7D",
  name: "Narrator",
  description: "Calm, for tutorials",
  kind: "personal",
  locale: "en-US",
  status: "ready",
  progress: 100,
  stages: [
    {
      name: "verifying-consent",
      startedAt: "2026-11-22T09:00:00.000Z",
      endedAt: "2026-11-22T09:00:12.000Z",
    },
    { name: "training", startedAt: "2026-11-22T09:00:12.000Z", endedAt: "2026-11-22T09:00:41.000Z" },
  ],
  error: null,
  consentId: "consent_01J9ZQ3M8K6T4R2W0V5XNBHC7E",
  samples: { count: 1, durationSeconds: 12.4 },
  capabilities: {
    phonemes: false,
    wordTimings: true,
    visemes: false,
    styles: [],
    locales: ["en-US", "de-DE"],
  },
  defaults: { rate: "+5%" },
  labels: { team: "docs" },
  visibility: "private",
  permittedUses: ["education", "business-content"],
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:41.000Z",
  etag: "0800a1",
};

const consent = {
  id: "consent_01J9ZQ3M8K6T4R2W0V5XNBHC7E",
  voiceTalentName: "Sample Speaker",
  companyName: "Sample Company",
  locale: "en-US",
  statement:
    "I Sample Speaker am aware that recordings of my voice will be used by Sample Company to create and use a synthetic version of my voice.",
  status: "verified",
  recording: {
    fileName: "consent.wav",
    durationMs: 8_120,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  },
  expiresAt: null,
  revokedAt: null,
  removedAt: null,
  createdAt: "2026-11-22T08:59:00.000Z",
  updatedAt: "2026-11-22T09:00:12.000Z",
  etag: "0800a0",
};

const uploadedFile = {
  name: "sample-1.wav",
  method: "PUT",
  url: "https://voice.blob.core.windows.net/uploads/upload_01J9ZQ/sample-1.wav?sig=…",
  headers: { "x-ms-blob-type": "BlockBlob" },
  expiresAt: "2026-11-22T10:00:00.000Z",
};

export const voiceExamples: OperationExamples = {
  trainVoice: {
    request: {
      name: "Narrator",
      kind: "personal",
      locale: "en-US",
      consentId: consent.id,
      uploadId: "upload_01J9ZQ3M8K6T4R2W0V5XNBHC7F",
    },
    form: {
      name: "Narrator",
      kind: "personal",
      locale: consent.locale,
      labels: { team: "docs" },
      consent: "@consent.wav",
      voiceTalentName: consent.voiceTalentName,
      companyName: consent.companyName,
      samples: ["@sample-1.wav"],
    },
    responses: { 202: { ...voice, status: "pending", progress: 0, stages: [] } },
  },
  preflightSamples: {
    request: { kind: "personal", uploadId: "upload_01J9ZQ3M8K6T4R2W0V5XNBHC7F" },
    form: {
      kind: "professional",
      samples: ["@sample-1.wav", "@sample-2.wav"],
      transcripts: "@transcripts.txt",
    },
    responses: {
      200: {
        verdict: "usable",
        fileCount: 1,
        totalSeconds: 12.4,
        hasTranscripts: false,
        findings: [],
        files: [],
      },
    },
  },
  createUpload: {
    request: { files: [{ name: "sample-1.wav", sizeBytes: 1_190_444, contentType: "audio/wav" }] },
    responses: {
      201: {
        id: "upload_01J9ZQ3M8K6T4R2W0V5XNBHC7F",
        expiresAt: "2026-11-22T10:00:00.000Z",
        files: [uploadedFile],
      },
    },
  },
  listVoices: { responses: { 200: pageOf(voice) } },
  getVoice: { responses: { 200: voice } },
  updateVoice: {
    request: {
      name: "Narrator",
      permittedUses: ["education", "business-content"],
      defaults: { rate: "+5%" },
    },
    responses: { 200: voice },
  },
  deleteVoice: { responses: { 202: { ...voice, status: "deleting" } } },
  cancelTraining: { responses: { 202: { ...voice, status: "canceling", progress: 60 } } },
  retryTraining: { responses: { 202: { ...voice, status: "pending", progress: 0 } } },
  suspendVoice: { responses: { 202: { ...voice, kind: "professional", status: "suspending" } } },
  resumeVoice: { responses: { 202: { ...voice, kind: "professional", status: "resuming" } } },
  composeConsentStatement: {
    responses: { 200: { locale: consent.locale, statement: consent.statement } },
  },
  createConsent: {
    form: {
      locale: consent.locale,
      voiceTalentName: consent.voiceTalentName,
      companyName: consent.companyName,
      recording: "@consent.wav",
      expiresAt: "2027-11-22T00:00:00Z",
    },
    responses: { 201: { ...consent, status: "recorded" } },
  },
  listConsents: { responses: { 200: pageOf(consent) } },
  getConsent: { responses: { 200: consent } },
  revokeConsent: {
    responses: { 202: { ...consent, status: "revoked", revokedAt: "2026-11-22T12:00:00.000Z" } },
  },
  listCatalogVoices: {
    responses: {
      200: pageOf({
        name: "en-US-AvaMultilingualNeural",
        displayName: "Ava Multilingual",
        localName: "Ava",
        locale: "en-US",
        localeName: "English (United States)",
        secondaryLocales: ["de-DE"],
        gender: "female",
        styles: ["cheerful"],
        roles: [],
        sampleRateHz: 24_000,
        status: "ga",
      }),
    },
  },
};
