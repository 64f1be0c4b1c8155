import type { VoiceSound } from "../voice/voice-sound.ts";

/** Which elements of SSML a voice understands. */
export type VoiceFamily = "neural" | "hd" | "dragon" | "phoenix" | "professional";

/** A voice that every Speech resource has. */
export interface PrebuiltVoice {
  readonly shortName: string;
  readonly displayName: string;
  /** The name in its own language. */
  readonly localName: string;
  readonly gender: "Female" | "Male";
  readonly locale: string;
  readonly family: "neural" | "hd";
  readonly isMultilingual: boolean;
  readonly styles: readonly string[];
  readonly roles: readonly string[];
  readonly sound: VoiceSound;
}
