import { updateDocument } from "../documents/update-document.ts";
import type { CollectionDefinition, DocumentCollection, Versioned } from "../ports/documents.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Voice } from "../../domain/voice/voice.ts";

/** Names a voice in its owner's partition; small enough to travel through orchestrations. */
export interface VoiceRef {
  readonly voiceId: string;
  readonly ownerId: string;
}

/** Partitioned by owner. */
export const VOICES: CollectionDefinition = { name: "voices" };

export type VoiceCollection = DocumentCollection<Voice>;

function voiceNotFound(voiceId: string): ServiceError {
  return new ServiceError("voice-not-found", `There is no voice ${voiceId}.`, { details: { voiceId } });
}

/** @throws {@link ServiceError} `voice-not-found`. */
export async function readVoice(voices: VoiceCollection, ref: VoiceRef): Promise<Versioned<Voice>> {
  const voice = await voices.read(ref.ownerId, ref.voiceId);
  if (voice === undefined) {
    throw voiceNotFound(ref.voiceId);
  }
  return voice;
}

/**
 * Reads, changes and writes a voice; starts over when somebody else wrote in between.
 *
 * @param change returns undefined to leave the voice as it is.
 * @throws {@link ServiceError} `voice-not-found`, and `precondition-failed` after five lost races.
 */
export async function updateVoice(
  voices: VoiceCollection,
  { voiceId, ownerId }: VoiceRef,
  change: (voice: Voice) => Voice | undefined,
): Promise<Versioned<Voice>> {
  return updateDocument(voices, {
    partition: ownerId,
    id: voiceId,
    change,
    notFound: () => voiceNotFound(voiceId),
  });
}
