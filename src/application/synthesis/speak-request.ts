import type { FormatWish } from "../../domain/speech/audio/audio-format.ts";
import type { SpeakingStyle } from "../../domain/speech/ssml/speak-document.ts";
import type { VoiceUse } from "../../domain/voice/voice-use.ts";
import type { VoiceReference } from "../ports/voice-resolver.ts";

export const TIMING_DETAILS = ["none", "word", "sentence", "viseme"] as const;
export type TimingDetail = (typeof TIMING_DETAILS)[number];

/** Languages of a translation; without `from` it is detected. */
export interface TranslationWish {
  readonly from?: string | undefined;
  readonly to: string;
}

/** What a caller wants to hear. */
export interface SpeakRequest {
  readonly content: { readonly kind: "text" | "ssml"; readonly value: string };
  /** SSML may name its voices itself. */
  readonly voice: VoiceReference | undefined;
  /** What the audio is for: voices may be restricted to some uses. */
  readonly use: VoiceUse | undefined;
  /** BCP 47; default: the voice's own language. */
  readonly locale: string | undefined;
  readonly style: SpeakingStyle;
  /** How an OpenAI voice is to speak, in plain words. */
  readonly instructions: string | undefined;
  readonly format: FormatWish;
  readonly timings: TimingDetail;
  /** Refuses what the voice would not obey, instead of leaving it out with a warning. */
  readonly strict: boolean;
  /** Names of lexicons, the one to prefer first; undefined means those that always apply, an empty list none. */
  readonly lexicons: readonly string[] | undefined;
  readonly translation: TranslationWish | undefined;
  readonly cache: "use" | "bypass";
  /** False leaves nothing in any store but the counts of usage. */
  readonly store: boolean;
  /** The caller's own, kept in the history. */
  readonly metadata: Readonly<Record<string, string>>;
}
