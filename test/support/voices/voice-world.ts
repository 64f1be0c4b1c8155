import type { OrchestrationHandler } from "durable-functions";
import { nodeHasher } from "../../../src/adapters/system/node-hasher.ts";
import { makeRevocationActivities } from "../../../src/application/consents/revocation-activities.ts";
import { CONSENTS } from "../../../src/application/consents/consent-collection.ts";
import { type Upload, UPLOADS } from "../../../src/application/uploads/upload.ts";
import { makeAzureTrainingActivities } from "../../../src/application/voices/azure-training-activities.ts";
import { makeDeploymentActivities } from "../../../src/application/voices/deployment-activities.ts";
import { makeModelActivities } from "../../../src/application/voices/model-activities.ts";
import { makeRemovalActivities } from "../../../src/application/voices/removal-activities.ts";
import { makeStageActivities } from "../../../src/application/voices/stage-activities.ts";
import { makeTranscriptionActivities } from "../../../src/application/voices/transcription-activities.ts";
import { updateVoice, VOICES } from "../../../src/application/voices/voice-ref.ts";
import type { Consent } from "../../../src/domain/voice/consent.ts";
import type { Voice, VoiceKind } from "../../../src/domain/voice/voice.ts";
import { type OrchestratorRun, runOrchestrator } from "../durable/run-orchestrator.ts";
import { ManualClock } from "../manual-clock.ts";
import { MemoryBlobs } from "../memory-blobs.ts";
import { MemoryDocuments } from "../memory-documents.ts";
import { MemoryAzure } from "./memory-azure.ts";
import { RecordingOrchestrations } from "./recording-orchestrations.ts";
import { consentWith, PROFESSIONAL, voiceWith } from "./voice-fixtures.ts";

/** A voice of that kind, its consent and everything that its orchestrations work with, in memory. */
export async function voiceWorld(kind: VoiceKind, changes: Partial<Voice> = {}) {
  const azure = new MemoryAzure();
  const clock = new ManualClock();
  const voices = new MemoryDocuments<Voice>(VOICES, clock);
  const consents = new MemoryDocuments<Consent>(CONSENTS, clock);
  const uploads = new MemoryDocuments<Upload>(UPLOADS, clock);
  const blobs = new MemoryBlobs(clock);
  const orchestrations = new RecordingOrchestrations();
  const professional = kind === "professional" ? PROFESSIONAL : null;
  await voices.create(
    voiceWith({ kind, professional, status: "pending", speakerProfileId: null, ...changes }),
  );
  await consents.create(consentWith({ status: "recorded" }));
  for (const name of ["user-1/voice_1/audio/a.wav", consentWith().recording.blobName]) {
    await blobs.write({ container: "samples", name }, new Uint8Array([1]), { contentType: "audio/wav" });
  }
  const customVoice = azure.service();
  const ports = { voices, consents, uploads, blobs, customVoice, orchestrations, clock, hasher: nodeHasher };
  const activities = {
    ...makeStageActivities(ports),
    ...makeAzureTrainingActivities(ports),
    ...makeTranscriptionActivities({ ...ports, transcriber: undefined }),
    ...makeModelActivities(ports),
    ...makeDeploymentActivities(ports),
    ...makeRemovalActivities(ports),
    ...makeRevocationActivities(ports),
  };
  const run = (handler: OrchestrationHandler, options: Partial<OrchestratorRun> = {}) =>
    runOrchestrator(handler, {
      input: { voiceId: "voice_1", ownerId: "user-1", kind, attempt: 0, pollIntervalSeconds: 1 },
      activities,
      ...options,
    });
  const voice = async () => voices.read("user-1", "voice_1");
  /** Somebody else writes the voice. */
  const rewrite = async (others: Partial<Voice>) => {
    await updateVoice(voices, { voiceId: "voice_1", ownerId: "user-1" }, (current) => ({
      ...current,
      ...others,
    }));
  };
  return { azure, run, voice, rewrite, voices, consents, blobs, orchestrations, clock, activities };
}
