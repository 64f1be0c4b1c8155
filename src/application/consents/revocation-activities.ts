import { ServiceError } from "../../domain/errors/service-error.ts";
import { becomeFailed, type Voice } from "../../domain/voice/voice.ts";
import type { RevocationActivities } from "../ports/activities.ts";
import type { BlobStore } from "../ports/blobs.ts";
import type { Clock } from "../ports/clock.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { trainingInstanceId } from "../voices/start-training.ts";
import { updateVoice, type VoiceCollection } from "../voices/voice-ref.ts";
import type { ConsentCollection } from "./consent-collection.ts";

export interface RevocationActivityPorts {
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly blobs: BlobStore;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
}

const DONE = {};

/** Voices that one consent is likely to have are few; the orchestration asks again until none is left. */
const PAGE_SIZE = 50;

export function makeRevocationActivities(ports: RevocationActivityPorts): RevocationActivities {
  const { voices, consents, blobs, orchestrations, clock } = ports;
  return {
    async voicesOfConsent({ consentId, ownerId, cursor }) {
      const { items, nextCursor } = await voices.query({
        partition: ownerId,
        equals: { consentId },
        limit: PAGE_SIZE,
        ...(cursor !== null && { cursor }),
      });
      return { voiceIds: items.map(({ id }) => id), nextCursor };
    },

    async disableVoice(ref) {
      const { code, message, recovery } = new ServiceError(
        "consent-revoked",
        "The speaker has withdrawn the consent that this voice was made with.",
      );
      const voice = await updateVoice(voices, ref, (current) =>
        current.status === "deleting" || isDisabled(current)
          ? undefined
          : {
              ...becomeFailed(current, { code, message, recovery }, clock.now()),
              speakerProfileId: null,
              leftInAzure: "everything",
            },
      );
      await orchestrations.raiseEvent(trainingInstanceId(voice), "cancel", {});
      return DONE;
    },

    async removeConsentRecording({ consentId, ownerId }) {
      const consent = await consents.read(ownerId, consentId);
      if (consent !== undefined) {
        await blobs.delete({ container: "samples", name: consent.recording.blobName });
      }
      return DONE;
    },

    async finishRevocation({ consentId, ownerId }) {
      const consent = await consents.read(ownerId, consentId);
      if (consent !== undefined && (consent.removedAt ?? null) === null) {
        const now = clock.now().toISOString();
        await consents.replace({ ...consent, removedAt: now, updatedAt: now }, consent.etag);
      }
      return DONE;
    },
  };
}

/** The orchestration is started again until everything is removed. */
function isDisabled({ status, error }: Voice): boolean {
  return status === "failed" && error?.code === "consent-revoked";
}
