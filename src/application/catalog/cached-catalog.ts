import type { CatalogVoice } from "../../domain/voice/catalog-voice.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { VoiceCatalog } from "../ports/voice-catalog.ts";

/** The list changes a few times a year; a day-old one is as good. */
const FRESH_MS = 60 * 60 * 1000;

/** After a renewal that failed: until then nobody asks again. */
const PAUSE_MS = 60 * 1000;

interface CachedCatalogParts {
  readonly source: VoiceCatalog;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Answers from memory; an old list is answered until a new one is there. One fetch at a time, and after one that failed a
 * pause.
 */
export class CachedCatalog implements VoiceCatalog {
  readonly #parts: CachedCatalogParts;
  #voices: readonly CatalogVoice[] | undefined;
  /** When the list is asked for again. */
  #renewAtMs = 0;
  #fetching: Promise<readonly CatalogVoice[]> | undefined;

  constructor(parts: CachedCatalogParts) {
    this.#parts = parts;
  }

  async list(): Promise<readonly CatalogVoice[]> {
    if (this.#voices === undefined) {
      return this.#fetch();
    }
    if (this.#nowMs() >= this.#renewAtMs) {
      this.#fetch().catch((error: unknown) => {
        this.#renewAtMs = this.#nowMs() + PAUSE_MS;
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
    this.#renewAtMs = this.#nowMs() + FRESH_MS;
    return voices;
  }

  #nowMs(): number {
    return this.#parts.clock.now().getTime();
  }
}
