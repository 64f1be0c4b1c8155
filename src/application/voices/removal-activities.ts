import type { AzureLeftovers } from "../../domain/voice/voice.ts";
import type { RemovalActivities } from "../ports/activities.ts";
import type { Clock } from "../ports/clock.ts";
import type { CustomVoiceService } from "../ports/custom-voice.ts";
import type { Hasher } from "../ports/hasher.ts";
import { isAtWork, type Orchestrations } from "../ports/orchestrations.ts";
import { trainingInstanceId } from "./start-training.ts";
import { endpointIdOf } from "./deployment-activities.ts";
import { dropSamples, type SampleBlobPorts } from "./sample-blobs.ts";
import { updateVoice, type VoiceCollection, type VoiceRef } from "./voice-ref.ts";

export interface RemovalActivityPorts extends SampleBlobPorts {
  readonly voices: VoiceCollection;
  readonly hasher: Hasher;
  readonly customVoice: CustomVoiceService;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
}

const DONE = {};

export function makeRemovalActivities(ports: RemovalActivityPorts): RemovalActivities {
  const { voices, customVoice, orchestrations, hasher, clock } = ports;
  return {
    async removeAzureVoice({ scope, ...ref }) {
      const { voiceId } = ref;
      await customVoice.deleteEndpoint(endpointIdOf(hasher, voiceId));
      if (scope === "endpoint") {
        return unmark(voices, ref, scope);
      }
      await customVoice.deleteModel(voiceId);
      await customVoice.deleteTrainingSet(voiceId);
      await customVoice.deletePersonalVoice(voiceId);
      await customVoice.deleteConsent(voiceId);
      await customVoice.deleteProject(voiceId);
      return unmark(voices, ref, scope);
    },

    async voiceTrainingHasEnded(ref) {
      const voice = await voices.read(ref.ownerId, ref.voiceId);
      const status = voice && (await orchestrations.status(trainingInstanceId(voice)));
      return { hasEnded: !isAtWork(status) };
    },

    async terminateVoiceTraining(ref) {
      const voice = await voices.read(ref.ownerId, ref.voiceId);
      if (voice !== undefined) {
        await orchestrations.terminate(trainingInstanceId(voice), "What it makes is being removed.");
      }
      return DONE;
    },

    async removeStoredVoice(ref) {
      await removeStored(ports, ref);
      return DONE;
    },

    async noteFailedDeletion({ failure, ...ref }) {
      const updatedAt = clock.now().toISOString();
      await updateVoice(voices, ref, (voice) =>
        voice.status === "deleting" && voice.error?.message !== failure.message
          ? { ...voice, error: failure, updatedAt }
          : undefined,
      );
      return DONE;
    },
  };
}

/** Once it is gone from Azure, nobody needs to come back for it; more may have been marked meanwhile. */
async function unmark(voices: VoiceCollection, ref: VoiceRef, scope: AzureLeftovers): Promise<object> {
  if ((await voices.read(ref.ownerId, ref.voiceId)) !== undefined) {
    await updateVoice(voices, ref, (voice) =>
      voice.leftInAzure === scope || (voice.leftInAzure === "endpoint" && scope === "everything")
        ? { ...voice, leftInAzure: null }
        : undefined,
    );
  }
  return DONE;
}

/** The voice goes last: while it is there, a repetition finds what is left to remove. Its consent stays as proof. */
async function removeStored(ports: RemovalActivityPorts, ref: VoiceRef): Promise<void> {
  const voice = await ports.voices.read(ref.ownerId, ref.voiceId);
  if (voice !== undefined) {
    await dropSamples(ports, voice);
    await ports.voices.delete(ref.ownerId, ref.voiceId);
  }
}
