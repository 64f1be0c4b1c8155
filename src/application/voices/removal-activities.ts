import type { RemovalActivities } from "../ports/activities.ts";
import type { CustomVoiceService } from "../ports/custom-voice.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { Orchestrations, OrchestrationState } from "../ports/orchestrations.ts";
import { trainingInstanceId } from "./start-training.ts";
import { endpointIdOf } from "./deployment-activities.ts";
import { dropSamples, type SampleBlobPorts } from "./sample-blobs.ts";
import type { VoiceCollection, VoiceRef } from "./voice-ref.ts";

export interface RemovalActivityPorts extends SampleBlobPorts {
  readonly voices: VoiceCollection;
  readonly hasher: Hasher;
  readonly customVoice: CustomVoiceService;
  readonly orchestrations: Orchestrations;
}

const DONE = {};
const AT_WORK: ReadonlySet<OrchestrationState> = new Set(["pending", "running", "suspended"]);

export function makeRemovalActivities(ports: RemovalActivityPorts): RemovalActivities {
  const { customVoice, orchestrations, hasher } = ports;
  return {
    async removeAzureVoice({ voiceId }) {
      await customVoice.deleteEndpoint(endpointIdOf(hasher, voiceId));
      await customVoice.deleteModel(voiceId);
      await customVoice.deleteTrainingSet(voiceId);
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
async function removeStored(ports: RemovalActivityPorts, ref: VoiceRef): Promise<void> {
  const voice = await ports.voices.read(ref.ownerId, ref.voiceId);
  if (voice !== undefined) {
    await dropSamples(ports, voice);
    await ports.voices.delete(ref.ownerId, ref.voiceId);
  }
}
