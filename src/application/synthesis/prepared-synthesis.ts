import type { AudioFormat } from "../../domain/speech/audio/audio-format.ts";
import type { SpeechTarget } from "../ports/speech-synthesizer.ts";
import type { ResolvedVoice } from "../ports/voice-resolver.ts";

/** One upstream call. */
export interface SynthesisPart {
  readonly ssml: string;
}

/** All that is decided before the speech service is called. */
export interface PreparedSynthesis {
  readonly voice: ResolvedVoice;
  readonly format: AudioFormat;
  readonly target: SpeechTarget;
  readonly parts: readonly SynthesisPart[];
  /** Unicode code points of the text as the client sent it. */
  readonly characters: number;
  /** What Azure bills: markup counts, and each Han character twice. */
  readonly billedCharacters: number;
}
