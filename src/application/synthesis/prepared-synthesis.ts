import type { AudioFormat } from "../../domain/speech/audio/audio-format.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { Passage } from "../../domain/speech/timings/passage.ts";
import type { SpeechTarget } from "../ports/speech-synthesizer.ts";
import type { ResolvedVoice } from "../ports/voice-resolver.ts";
import type { TimingDetail } from "./speak-request.ts";

/** One upstream call. */
export interface SynthesisPart {
  readonly ssml: string;
  readonly passage: Passage;
}

/** All that is decided before the speech service is called. */
export interface PreparedSynthesis {
  /** The first voice of the document. */
  readonly voice: ResolvedVoice;
  readonly format: AudioFormat;
  readonly target: SpeechTarget;
  /** Id of the principal for whom it is. */
  readonly principalId: string;
  /** BCP 47: decides where words and sentences end. */
  readonly locale: string;
  /** Never empty. */
  readonly parts: readonly SynthesisPart[];
  readonly timings: TimingDetail;
  /** Unicode code points of the text as the client sent it. */
  readonly characters: number;
  /** What Azure bills: markup counts, and each Han character twice. */
  readonly billedCharacters: number;
  readonly warnings: readonly SpeechWarning[];
}

/** The text of all parts, as written: what the places of words refer to. */
export function writtenText({ parts }: PreparedSynthesis): string {
  return parts.map(({ passage }) => passage.written).join("");
}
