import type {
  TimedBookmark,
  TimedViseme,
  TimedWord,
  TimingSource,
} from "../../domain/speech/timings/timed-word.ts";

/** What happens while a synthesis runs, in order; times count in ms from the start of the whole audio. */
export type SynthesisEvent =
  | { readonly kind: "audio"; readonly bytes: Uint8Array }
  | { readonly kind: "word"; readonly word: TimedWord }
  | { readonly kind: "viseme"; readonly viseme: TimedViseme }
  | { readonly kind: "bookmark"; readonly bookmark: TimedBookmark }
  | { readonly kind: "done"; readonly durationMs: number; readonly timingSource: TimingSource };
