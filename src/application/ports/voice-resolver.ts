import type { Principal } from "../../domain/access/principal.ts";
import type { VoiceFamily } from "../../domain/speech/voice-family.ts";
import type { VoiceUse } from "../../domain/voice/voice-use.ts";

/** How a caller picks a voice: one of its own by id, or one of the catalog by name. */
export type VoiceReference =
  | { readonly kind: "own"; readonly voiceId: string }
  | { readonly kind: "catalog"; readonly voice: string };

/** Settings a voice's owner chose for every synthesis that does not say otherwise. */
export interface SpeakingDefaults {
  readonly rate?: string;
  readonly pitch?: string;
  readonly volume?: string;
  readonly style?: string;
  readonly styleDegree?: number;
  readonly role?: string;
}

/** All that a synthesis needs to know of a voice that may speak for this principal. */
export interface ResolvedVoice {
  /** Our id for an own voice, the catalog name for any other: what history and usage show. */
  readonly voiceId: string;
  readonly kind: "prebuilt" | "personal" | "professional" | "openai";
  /** Value of `<voice name>`: the catalog name, the base model of a personal voice, or the model's voice name. For OpenAI the bare name, for example `alloy`. */
  readonly voiceName: string;
  readonly family: VoiceFamily;
  /** The voice's own language, BCP 47. */
  readonly locale: string;
  /** All that it can speak, BCP 47, its own first; undefined where nobody can tell. */
  readonly locales?: readonly string[];
  /** Styles and roles it knows; undefined where nobody can tell. */
  readonly styles?: readonly string[];
  readonly roles?: readonly string[];
  /** Set for a personal voice. */
  readonly speakerProfileId?: string;
  /** Set for a professional voice. */
  readonly deploymentId?: string;
  /** Changes whenever the same SSML may sound different; part of the cache key. */
  readonly version: string;
  readonly defaults: SpeakingDefaults;
  /** What it may be used for; empty restricts nothing. */
  readonly permittedUses: readonly VoiceUse[];
}

/**
 * Finds the voice that a principal asks for, and says whether it may speak now.
 *
 * @throws {@link ServiceError} `voice-not-found` when there is none or the principal may not know of it, `voice-not-ready`
 * while it is being made, suspended or deleted, `consent-revoked`, `not-configured` for `openai:` voices without OpenAI.
 */
export interface VoiceResolver {
  resolve(principal: Principal, reference: VoiceReference, signal: AbortSignal): Promise<ResolvedVoice>;
}
