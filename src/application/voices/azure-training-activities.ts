import { ServiceError } from "../../domain/errors/service-error.ts";
import { assertConsentHolds } from "../../domain/voice/consent.ts";
import type { StoredRecording } from "../../domain/voice/voice.ts";
import type { AzureTrainingActivities } from "../ports/activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { AudioFile, CustomVoiceService } from "../ports/custom-voice.ts";
import { type ConsentCollection, updateConsent } from "../consents/consent-collection.ts";
import { progressOf } from "./azure-progress.ts";
import { readSamples } from "./sample-blobs.ts";
import { readVoice, type VoiceCollection, type VoiceRef } from "./voice-ref.ts";

export interface AzureTrainingPorts {
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly blobs: BlobStore;
  readonly customVoice: CustomVoiceService;
  readonly clock: Clock;
}

const DONE = {};

/** Whatever Azure makes for a voice bears the voice's id, so that a repetition finds it. */
export function makeAzureTrainingActivities(ports: AzureTrainingPorts): AzureTrainingActivities {
  const { voices, customVoice, clock } = ports;
  return {
    async createAzureConsent(ref) {
      const consent = await readConsent(ports, ref);
      await customVoice.createProject(ref.voiceId, (await readVoice(voices, ref)).kind);
      await customVoice.createConsent({
        id: ref.voiceId,
        projectId: ref.voiceId,
        voiceTalentName: consent.voiceTalentName,
        companyName: consent.companyName,
        locale: consent.locale,
        recording: await readRecording(ports.blobs, consent.recording),
      });
      return DONE;
    },

    async azureConsentProgress(ref) {
      const consent = await readConsent(ports, ref);
      const state = await customVoice.consentState(ref.voiceId);
      const progress = progressOf(state);
      if (progress === "succeeded" && consent.status === "recorded") {
        const updatedAt = clock.now().toISOString();
        const consentRef = { consentId: consent.id, ownerId: ref.ownerId };
        await updateConsent(ports.consents, consentRef, (current) =>
          current.status === "recorded" ? { ...current, status: "verified", updatedAt } : undefined,
        );
      }
      return { progress };
    },

    async createAzurePersonalVoice(ref) {
      await readConsent(ports, ref);
      const voice = await readVoice(voices, ref);
      const recordings = await readSamples(ports, voice);
      await customVoice.createPersonalVoice({
        id: ref.voiceId,
        projectId: ref.voiceId,
        consentId: ref.voiceId,
        recordings,
      });
      return DONE;
    },

    async azurePersonalVoiceProgress({ voiceId }) {
      const state = await customVoice.personalVoiceState(voiceId);
      return {
        progress: progressOf(state),
        speakerProfileId: state.speakerProfileId ?? "",
      };
    },
  };
}

/** @throws {@link ServiceError} when the consent does not hold: this is what ends a training whose consent is withdrawn. */
async function readConsent({ voices, consents, clock }: AzureTrainingPorts, ref: VoiceRef) {
  const { consentId } = await readVoice(voices, ref);
  const consent = await consents.read(ref.ownerId, consentId);
  if (consent === undefined) {
    throw new ServiceError("consent-not-found", `The consent ${consentId} of the voice is gone.`);
  }
  assertConsentHolds(consent, clock.now());
  return consent;
}

async function readRecording(blobs: BlobStore, recording: StoredRecording): Promise<AudioFile> {
  const blob = await blobs.read({ container: "samples", name: recording.blobName });
  if (blob === undefined) {
    throw new ServiceError("training-failed", `The stored recording ${recording.fileName} is gone.`);
  }
  const bytes = new Uint8Array(await new Response(blob.body).arrayBuffer());
  return { fileName: recording.fileName, contentType: recording.contentType, bytes };
}
