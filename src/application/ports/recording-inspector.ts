import type { RecordingFacts } from "../../domain/voice/recording.ts";

export interface RecordingInspector {
  /** Decodes the whole recording. @returns undefined when it is no WAV (PCM) or MP3 audio. */
  inspect(recording: Uint8Array): Promise<RecordingFacts | undefined>;
}
