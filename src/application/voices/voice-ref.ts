import { isLostRace } from "../documents/lost-race.ts";
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

/** @throws {@link ServiceError} `voice-not-found`. */
export async function readVoice(voices: VoiceCollection, ref: VoiceRef): Promise<Versioned<Voice>> {
  const voice = await voices.read(ref.ownerId, ref.voiceId);
  if (voice === undefined) {
    throw new ServiceError("voice-not-found", `There is no voice ${ref.voiceId}.`, {
      details: { voiceId: ref.voiceId },
    });
  }
  return voice;
}

const MAX_ATTEMPTS = 5;

/**
 * Reads, changes and writes a voice; starts over when somebody else wrote in between.
 *
 * @param change returns undefined to leave the voice as it is.
 * @throws {@link ServiceError} `voice-not-found`, and `precondition-failed` after five lost races.
 */
export async function updateVoice(
  voices: VoiceCollection,
  ref: VoiceRef,
  change: (voice: Voice) => Voice | undefined,
): Promise<Versioned<Voice>> {
  for (let attempt = 1; ; attempt += 1) {
    const voice = await readVoice(voices, ref);
    const changed = change(voice);
    if (changed === undefined) {
      return voice;
    }
    try {
      return await voices.replace(changed, voice.etag);
    } catch (error) {
      if (!isLostRace(error) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
    }
  }
}
