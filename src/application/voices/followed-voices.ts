import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import type {
  DocumentChange,
  DocumentFilter,
  DocumentPage,
  DocumentQuery,
  DocumentWriteOptions,
  Versioned,
} from "../ports/documents.ts";
import type { Logger } from "../ports/logger.ts";
import type { SharedVoices } from "./shared-voices.ts";
import type { VoiceCollection } from "./voice-ref.ts";

export interface FollowedVoicesParts {
  readonly voices: VoiceCollection;
  readonly shared: SharedVoices;
  readonly logger: Logger;
}

/**
 * The same voices; after each write the reference to a shared voice follows. Where it cannot, the write stands, and
 * `reconcileSharedVoices` makes up for it.
 */
export class FollowedVoices implements VoiceCollection {
  readonly #parts: FollowedVoicesParts;

  constructor(parts: FollowedVoicesParts) {
    this.#parts = parts;
  }

  read(partition: string, id: string, signal?: AbortSignal): Promise<Versioned<Voice> | undefined> {
    return this.#parts.voices.read(partition, id, signal);
  }

  async create(voice: Voice, options?: DocumentWriteOptions): Promise<Versioned<Voice>> {
    return this.#followed(await this.#parts.voices.create(voice, options));
  }

  async replace(voice: Voice, etag: string, options?: DocumentWriteOptions): Promise<Versioned<Voice>> {
    return this.#followed(await this.#parts.voices.replace(voice, etag, options));
  }

  async upsert(voice: Voice, options?: DocumentWriteOptions): Promise<Versioned<Voice>> {
    return this.#followed(await this.#parts.voices.upsert(voice, options));
  }

  async delete(partition: string, id: string, etag?: string): Promise<void> {
    await this.#parts.voices.delete(partition, id, etag);
    await this.#follow(partition, id, undefined);
  }

  query(query: DocumentQuery, signal?: AbortSignal): Promise<DocumentPage<Voice>> {
    return this.#parts.voices.query(query, signal);
  }

  count(filter: DocumentFilter & { readonly partition?: string }): Promise<number> {
    return this.#parts.voices.count(filter);
  }

  async applyAll(partition: string, changes: readonly DocumentChange<Voice>[]): Promise<void> {
    await this.#parts.voices.applyAll(partition, changes);
    for (const change of changes) {
      const [id, voice] =
        change.kind === "delete" ? [change.id, undefined] : [change.document.id, change.document];
      await this.#follow(partition, id, voice);
    }
  }

  async #followed(voice: Versioned<Voice>): Promise<Versioned<Voice>> {
    await this.#follow(voice.partition, voice.id, voice);
    return voice;
  }

  async #follow(ownerId: string, voiceId: string, voice: Voice | undefined): Promise<void> {
    const { shared, logger } = this.#parts;
    try {
      await shared.follow({ voiceId, ownerId }, voice);
    } catch (error) {
      const code = error instanceof ServiceError ? error.code : "internal-error";
      logger.log("warning", "The reference to a voice could not be written", { voiceId, code });
    }
  }
}
