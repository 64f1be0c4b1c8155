import type { RecordingFacts } from "../../domain/voice/recording.ts";

export interface RecordingInspector {
  /**
   * Decodes a whole recording as it comes, in bounded memory.
   *
   * @returns undefined when it is no WAV (PCM) or MP3 audio.
   */
  inspect(recording: AsyncIterable<Uint8Array>): Promise<RecordingFacts | undefined>;
}
