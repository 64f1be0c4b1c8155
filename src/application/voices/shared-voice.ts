import { isShared, type Voice } from "../../domain/voice/voice.ts";
import type { CollectionDefinition, DocumentCollection, StoredDocument } from "../ports/documents.ts";

/**
 * A reference by which others find a voice, with what lists select by. It promises nothing: whether the voice is shared,
 * and what it is, says the owner's document.
 */
export interface SharedVoice
  extends StoredDocument, Pick<Voice, "name" | "description" | "kind" | "locale" | "status" | "labels"> {
  readonly ownerId: string;
}

/** All in the partition {@link ORGANIZATION}, under the voice's id. */
export const SHARED_VOICES: CollectionDefinition = { name: "shared-voices" };
export const ORGANIZATION = "organization";

export type SharedVoiceCollection = DocumentCollection<SharedVoice>;

/** @returns undefined where others may not know of the voice. */
export function referenceTo(voice: Voice | undefined): SharedVoice | undefined {
  if (voice === undefined || !isShared(voice)) {
    return undefined;
  }
  const { id, partition: ownerId, name, description, kind, locale, status, labels, createdAt } = voice;
  return {
    id,
    partition: ORGANIZATION,
    ownerId,
    name,
    description,
    kind,
    locale,
    status,
    labels,
    createdAt,
  };
}

export function isSameReference(a: SharedVoice | undefined, b: SharedVoice | undefined): boolean {
  return textOf(a) === textOf(b);
}

/** A store may give the labels back in another order. */
function textOf(reference: SharedVoice | undefined): string | undefined {
  if (reference === undefined) {
    return undefined;
  }
  const { ownerId, name, description, kind, locale, status, labels, createdAt } = reference;
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([ownerId, name, description, kind, locale, status, sorted, createdAt]);
}
