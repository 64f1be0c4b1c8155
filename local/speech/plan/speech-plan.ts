import type { ChosenVoice } from "./choose-voice.ts";
import type { VoiceSound } from "../voice/voice-sound.ts";

/** All factors are relative to the voice's own way of speaking. */
export interface Prosody {
  readonly rate: number;
  readonly pitch: number;
  readonly range: number;
  readonly emphasis: "none" | "reduced" | "moderate" | "strong";
}

export const normalProsody: Prosody = { rate: 1, pitch: 1, range: 1, emphasis: "none" };

export type Spoken =
  | { readonly kind: "text"; readonly text: string }
  /** Spelled out, character by character. */
  | { readonly kind: "characters"; readonly text: string }
  /** IPA phones with their stress marks. */
  | { readonly kind: "phones"; readonly phones: readonly string[] };

export type ClauseItem =
  /** `text` is the written word that the event names; empty for speech without an event of its own. */
  | { readonly kind: "word"; readonly text: string; readonly spoken: Spoken; readonly prosody: Prosody }
  | { readonly kind: "bookmark"; readonly mark: string };

/** What is spoken in one breath, with one intonation. */
export interface Clause {
  readonly kind: "clause";
  readonly sound: VoiceSound;
  /** Name of an eSpeak language. */
  readonly language: string;
  readonly items: readonly ClauseItem[];
  /** The punctuation that gives the intonation; empty in mid-sentence. */
  readonly terminator: "" | "," | "." | "?" | "!";
  /** Factor of the amplitude. */
  readonly gain: number;
  /** False for the voices that never say when they speak which word. */
  readonly emitsEvents: boolean;
}

export type PlanPart =
  | Clause
  | { readonly kind: "silence"; readonly durationMs: number }
  | { readonly kind: "bookmark"; readonly mark: string }
  /** Heard as the pause that follows. */
  | { readonly kind: "punctuation"; readonly text: string }
  | { readonly kind: "sentence-start" }
  | { readonly kind: "sentence-end"; readonly text: string };

/** A document that has been checked, and its voices; plain data, so that it can go to another thread. */
export interface SpeechPlan {
  readonly ssml: string;
  /** One for each `voice` element. */
  readonly voices: readonly ChosenVoice[];
}

/** Something that happens at a moment of the audio. */
export type TimedEvent =
  | {
      readonly kind: "word" | "punctuation" | "sentence";
      readonly text: string;
      readonly startMs: number;
      readonly durationMs: number;
    }
  | { readonly kind: "viseme"; readonly visemeId: number; readonly startMs: number }
  | { readonly kind: "bookmark"; readonly mark: string; readonly startMs: number };
