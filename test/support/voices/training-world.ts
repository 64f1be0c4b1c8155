import { text } from "node:stream/consumers";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import { CONSENTS } from "../../../src/application/consents/consent-collection.ts";
import { makeFindConsent } from "../../../src/application/consents/find-consent.ts";
import { makePreflightSamples } from "../../../src/application/recordings/preflight-samples.ts";
import { makeOpenUpload } from "../../../src/application/uploads/open-upload.ts";
import { type Upload, UPLOADS } from "../../../src/application/uploads/upload.ts";
import { makeTrainVoice, type TrainVoiceRequest } from "../../../src/application/voices/train-voice.ts";
import { VOICES } from "../../../src/application/voices/voice-ref.ts";
import type { Consent } from "../../../src/domain/voice/consent.ts";
import type { RecordingFacts } from "../../../src/domain/voice/recording.ts";
import type { Voice } from "../../../src/domain/voice/voice.ts";
import { CountingIds } from "../counting-ids.ts";
import { ManualClock } from "../manual-clock.ts";
import { MemoryBlobs } from "../memory-blobs.ts";
import { MemoryDocuments } from "../memory-documents.ts";
import { RecordingOrchestrations } from "./recording-orchestrations.ts";

/** What the inspector finds in a recording that can be used. */
export const GOOD_RECORDING: RecordingFacts = {
  container: "wav",
  sampleRateHz: 24_000,
  bitDepth: 16,
  channels: 1,
  durationMs: 8_000,
  peakDbfs: -3,
  clippedSamples: 0,
  noiseFloorDbfs: -80,
  signalToNoiseDb: 60,
  leadingSilenceMs: 100,
  trailingSilenceMs: 100,
  longestSilenceMs: 300,
};

/** A file whose bytes are its name, which is what the inspector goes by. */
export function audioFile(fileName: string) {
  return { fileName, contentType: "audio/wav", bytes: new TextEncoder().encode(fileName) };
}

/** A personal voice from one file, with a new consent. */
export const TRAINING: TrainVoiceRequest = {
  name: "Narrator",
  kind: "personal",
  locale: "en-US",
  description: "",
  baseModel: "DragonLatestNeural",
  labels: { team: "docs" },
  visibility: "private",
  permittedUses: [],
  consent: {
    kind: "new",
    recording: audioFile("consent.wav"),
    voiceTalentName: "A Speaker",
    companyName: "A Company",
    expiresAt: null,
  },
  recipe: "Default",
  presetStyles: [],
  endpointKind: "HighPerformance",
  samples: { kind: "files", files: [audioFile("one.wav")], transcripts: undefined },
};

/**
 * Where voices are trained, in memory.
 *
 * @param facts what the inspector finds in each file, by name; other files are good.
 */
export function trainingWorld(facts: Readonly<Record<string, RecordingFacts | undefined>> = {}) {
  const clock = new ManualClock();
  const voices = new MemoryDocuments<Voice>(VOICES, clock);
  const consents = new MemoryDocuments<Consent>(CONSENTS, clock);
  const blobs = new MemoryBlobs(clock);
  const orchestrations = new RecordingOrchestrations();
  const inspector = {
    inspect: async (recording: AsyncIterable<Uint8Array>) => {
      const fileName = await text(recording);
      return Object.hasOwn(facts, fileName) ? facts[fileName] : GOOD_RECORDING;
    },
  };
  const uploads = new MemoryDocuments<Upload>(UPLOADS, clock);
  const recordings = { blobs, uploads, clock, inspector, hasher: nodeHasher, transcriber: undefined };
  const trainVoice = makeTrainVoice({
    ...recordings,
    preflight: makePreflightSamples({ ...recordings, openUpload: makeOpenUpload(recordings) }),
    voices,
    consents,
    findConsent: makeFindConsent(consents),
    orchestrations,
    ids: new CountingIds(),
    pollIntervalSeconds: 2,
  });
  const leftovers = async () => ({
    voices: await voices.count({}),
    consents: await consents.count({}),
    blobs: (await blobs.list("samples", { prefix: "", limit: 100 })).items.length,
  });
  return { trainVoice, voices, consents, uploads, blobs, orchestrations, leftovers, clock };
}
