import type { AudioFile } from "./custom-voice.ts";

/** Writes down what a recording says. */
export interface Transcriber {
  /** In US dollars, for estimates. */
  readonly usdPerMinute: number;
  /**
   * @param locale BCP 47, of the recording.
   * @throws {@link ServiceError} `transcription-unavailable` (retryable), `transcription-refused`.
   */
  transcribe(recording: AudioFile, locale: string): Promise<string>;
}
