import type { AudioFormat } from "../../domain/speech/audio/audio-format.ts";
import type { CostEstimate } from "../../domain/speech/price-table.ts";
import type { PronunciationReport } from "../../domain/speech/pronunciation-report.ts";
import type { SpeechWarning } from "../../domain/speech/speech-warning.ts";
import type { Passage } from "../../domain/speech/timings/passage.ts";
import type { VoiceFamily } from "../../domain/speech/voice-family.ts";
import type { ResolvedVoice } from "../ports/voice-resolver.ts";
import type { SpeakRequest } from "./speak-request.ts";

/** One upstream call. */
export interface SynthesisPart {
  readonly ssml: string;
  readonly passage: Passage;
}

/** What a text was translated to before it is spoken. */
export interface SpokenTranslation {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** All that is decided before the speech service is called. */
export interface PreparedSynthesis {
  /** Who speaks, owns the result and waits in the queue. */
  readonly ownerId: string;
  readonly request: SpeakRequest;
  /** The first voice of the document. */
  readonly voice: ResolvedVoice;
  /** Of all voices of the document. */
  readonly families: readonly VoiceFamily[];
  /** Versions of all voices of the document. */
  readonly voiceVersions: readonly string[];
  readonly format: AudioFormat;
  /** BCP 47: decides where words and sentences end. */
  readonly locale: string;
  /** Never empty. */
  readonly parts: readonly SynthesisPart[];
  /** Unicode code points of the text as the client sent it. */
  readonly characters: number;
  /** What Azure bills: markup counts, and each Han character twice. */
  readonly billedCharacters: number;
  readonly translation: SpokenTranslation | undefined;
  /** Of everything, when the speech is made; undefined where a price is missing. */
  readonly cost: CostEstimate | undefined;
  /** Of the translation alone: it is paid for also when the speech is in the cache. */
  readonly translationCost: CostEstimate | undefined;
  readonly pronunciations: readonly PronunciationReport[];
  readonly warnings: readonly SpeechWarning[];
}

/** The text of all parts, as written: what the places of words refer to. */
export function writtenText({ parts }: Pick<PreparedSynthesis, "parts">): string {
  return parts.map(({ passage }) => passage.written).join("");
}
