import type { CatalogVoice } from "../../domain/voice/catalog-voice.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { VoiceCatalog } from "../ports/voice-catalog.ts";

/** The list changes a few times a year; a day-old one is as good. */
const FRESH_MS = 60 * 60 * 1000;

interface CachedCatalogParts {
  readonly source: VoiceCatalog;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Answers from memory; an old list is answered once more while a new one is fetched, one fetch at a time. */
export class CachedCatalog implements VoiceCatalog {
  readonly #parts: CachedCatalogParts;
  #voices: readonly CatalogVoice[] | undefined;
  #fetchedAtMs = 0;
  #fetching: Promise<readonly CatalogVoice[]> | undefined;

  constructor(parts: CachedCatalogParts) {
    this.#parts = parts;
  }

  async list(): Promise<readonly CatalogVoice[]> {
    if (this.#voices === undefined) {
      return this.#fetch();
    }
    if (this.#parts.clock.now().getTime() - this.#fetchedAtMs > FRESH_MS) {
      this.#fetch().catch((error: unknown) => {
        this.#parts.logger.log("warning", "The catalog of voices could not be renewed", {
          error: String(error),
        });
      });
    }
    return this.#voices;
  }

  #fetch(): Promise<readonly CatalogVoice[]> {
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #renew(): Promise<readonly CatalogVoice[]> {
    const voices = await this.#parts.source.list();
    this.#voices = voices;
    this.#fetchedAtMs = this.#parts.clock.now().getTime();
    return voices;
  }
}
