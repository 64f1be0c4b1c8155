import { ServiceError } from "../../domain/errors/service-error.ts";
import { isShared, type Voice } from "../../domain/voice/voice.ts";
import { isLostRace } from "../documents/lost-race.ts";
import type { DocumentPage, DocumentQuery, Versioned } from "../ports/documents.ts";
import {
  isSameReference,
  ORGANIZATION,
  referenceTo,
  type SharedVoice,
  type SharedVoiceCollection,
} from "./shared-voice.ts";
import type { VoiceCollection, VoiceRef } from "./voice-ref.ts";

export interface SharedVoicesPorts {
  readonly voices: VoiceCollection;
  readonly references: SharedVoiceCollection;
}

const MAX_ATTEMPTS = 10;

/** The voices that owners share with the organization. A reference that is late leads to nothing that is not shared. */
export class SharedVoices {
  readonly #voices: VoiceCollection;
  readonly #references: SharedVoiceCollection;

  constructor({ voices, references }: SharedVoicesPorts) {
    this.#voices = voices;
    this.#references = references;
  }

  /** @returns undefined when nobody shares such a voice. */
  async find(voiceId: string): Promise<Versioned<Voice> | undefined> {
    const reference = await this.#references.read(ORGANIZATION, voiceId);
    return reference && this.#resolve(reference);
  }

  /** A page has fewer voices than its limit where one was withdrawn meanwhile. @throws {@link ServiceError} `cursor-invalid`. */
  async list(query: DocumentQuery): Promise<DocumentPage<Voice>> {
    const page = await this.#references.query({ ...query, partition: ORGANIZATION });
    const found = await Promise.all(page.items.map(async (reference) => this.#resolve(reference)));
    return { items: found.filter((voice) => voice !== undefined), nextCursor: page.nextCursor };
  }

  /** Brings the reference in line with the voice as it is. @throws as {@link SharedVoices.follow}. */
  async align(ref: VoiceRef): Promise<void> {
    await this.follow(ref, await this.#read(ref));
  }

  /**
   * Brings the reference in line with the voice as it has just been written, undefined after its deletion. Everybody who
   * writes a voice does so afterwards, and looks at the voice again after each write of the reference: whoever comes last
   * leaves the reference as the voice is.
   *
   * @throws {@link ServiceError} `precondition-failed` after ten lost races.
   */
  async follow(ref: VoiceRef, written: Voice | undefined): Promise<void> {
    let voice = written;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const reference = await this.#references.read(ORGANIZATION, ref.voiceId);
      const wanted = referenceTo(voice);
      if (isSameReference(reference, wanted)) {
        return;
      }
      await this.#write(ref, reference, wanted);
      voice = await this.#read(ref);
    }
    throw new ServiceError("precondition-failed", `Others keep changing the voice ${ref.voiceId}.`);
  }

  async #resolve({ id, ownerId }: SharedVoice): Promise<Versioned<Voice> | undefined> {
    const voice = await this.#read({ voiceId: id, ownerId });
    return voice !== undefined && isShared(voice) ? voice : undefined;
  }

  #read({ ownerId, voiceId }: VoiceRef): Promise<Versioned<Voice> | undefined> {
    return this.#voices.read(ownerId, voiceId);
  }

  /** Writes nothing where somebody else has written the reference in between. */
  async #write(
    { voiceId }: VoiceRef,
    before: Versioned<SharedVoice> | undefined,
    wanted: SharedVoice | undefined,
  ): Promise<void> {
    try {
      if (wanted === undefined) {
        await this.#references.delete(ORGANIZATION, voiceId, before?.etag);
      } else if (before === undefined) {
        await this.#references.create(wanted);
      } else {
        await this.#references.replace(wanted, before.etag);
      }
    } catch (error) {
      if (!isLostRace(error)) {
        throw error;
      }
    }
  }
}
