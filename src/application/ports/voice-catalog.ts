import type { CatalogVoice } from "../../domain/voice/catalog-voice.ts";

export interface VoiceCatalog {
  /**
   * All prebuilt voices of the Speech resource's region.
   *
   * @throws {@link ServiceError} `speech-unauthorized`; `speech-throttled`, `speech-unavailable` (retryable).
   */
  list(): Promise<readonly CatalogVoice[]>;
}
