import type { OutputFormat } from "../audio/output-format.ts";
import type { SpeechPlan, TimedEvent } from "../plan/speech-plan.ts";

export type SynthesisOutput =
  | { readonly kind: "audio"; readonly bytes: Uint8Array }
  | TimedEvent
  | { readonly kind: "end"; readonly durationMs: number };

export interface SynthesisTask {
  readonly plan: SpeechPlan;
  readonly format: OutputFormat;
}
