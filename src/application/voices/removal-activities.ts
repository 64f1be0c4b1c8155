import type { RemovalActivities } from "../ports/activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { CustomVoiceService } from "../ports/custom-voice.ts";
import type { ConsentCollection } from "../consents/consent-collection.ts";
import type { Orchestrations, OrchestrationState } from "../ports/orchestrations.ts";
import { trainingInstanceId } from "./train-voice.ts";
import { readVoice, type VoiceCollection, type VoiceRef } from "./voice-ref.ts";

export interface RemovalActivityPorts {
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly blobs: BlobStore;
  readonly customVoice: CustomVoiceService;
  readonly orchestrations: Orchestrations;
}

const DONE = {};
const AT_WORK: ReadonlySet<OrchestrationState> = new Set(["pending", "running", "suspended"]);

export function makeRemovalActivities(ports: RemovalActivityPorts): RemovalActivities {
  const { voices, customVoice, orchestrations } = ports;
  return {
    async removeAzureVoice(ref) {
      const { consentId } = await readVoice(voices, ref);
      await customVoice.deletePersonalVoice(ref.voiceId);
      await customVoice.deleteConsent(consentId);
      await customVoice.deleteProject(ref.voiceId);
      return DONE;
    },

    async voiceTrainingHasEnded({ voiceId }) {
      const status = await orchestrations.status(trainingInstanceId(voiceId));
      return { hasEnded: status === undefined || !AT_WORK.has(status.state) };
    },

    async terminateVoiceTraining({ voiceId }) {
      await orchestrations.terminate(trainingInstanceId(voiceId), "The voice is being deleted.");
      return DONE;
    },

    async removeStoredVoice(ref) {
      await removeStored(ports, ref);
      return DONE;
    },
  };
}

/** The voice goes last: while it is there, a repetition finds what is left to remove. */
async function removeStored(ports: RemovalActivityPorts, ref: VoiceRef): Promise<void> {
  const voice = await ports.voices.read(ref.ownerId, ref.voiceId);
  if (voice === undefined) {
    return;
  }
  const consent = await ports.consents.read(ref.ownerId, voice.consentId);
  const recordings = [...voice.samples, ...(consent === undefined ? [] : [consent.recording])];
  await Promise.all(
    recordings.map(({ blobName }) => ports.blobs.delete({ container: "samples", name: blobName })),
  );
  await ports.consents.delete(ref.ownerId, voice.consentId);
  await ports.voices.delete(ref.ownerId, ref.voiceId);
}
