import type { RemovalActivities } from "../ports/activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { CustomVoiceService } from "../ports/custom-voice.ts";
import type { Orchestrations, OrchestrationState } from "../ports/orchestrations.ts";
import { trainingInstanceId } from "./train-voice.ts";
import type { VoiceCollection, VoiceRef } from "./voice-ref.ts";

export interface RemovalActivityPorts {
  readonly voices: VoiceCollection;
  readonly blobs: BlobStore;
  readonly customVoice: CustomVoiceService;
  readonly orchestrations: Orchestrations;
}

const DONE = {};
const AT_WORK: ReadonlySet<OrchestrationState> = new Set(["pending", "running", "suspended"]);

export function makeRemovalActivities(ports: RemovalActivityPorts): RemovalActivities {
  const { customVoice, orchestrations } = ports;
  return {
    async removeAzureVoice({ voiceId }) {
      await customVoice.deletePersonalVoice(voiceId);
      await customVoice.deleteConsent(voiceId);
      await customVoice.deleteProject(voiceId);
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

/** The voice goes last: while it is there, a repetition finds what is left to remove. Its consent stays as proof. */
async function removeStored({ voices, blobs }: RemovalActivityPorts, ref: VoiceRef): Promise<void> {
  const voice = await voices.read(ref.ownerId, ref.voiceId);
  if (voice === undefined) {
    return;
  }
  await Promise.all(
    voice.samples.map(({ blobName }) => blobs.delete({ container: "samples", name: blobName })),
  );
  await voices.delete(ref.ownerId, ref.voiceId);
}
