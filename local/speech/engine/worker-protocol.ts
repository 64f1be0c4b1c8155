import type { OutputFormat } from "../audio/output-format.ts";
import type { SpeechPlan, TimedEvent } from "../plan/speech-plan.ts";

/** What the thread of the engine is told. */
export type WorkerRequest =
  | {
      readonly kind: "start";
      readonly jobId: number;
      readonly plan: SpeechPlan;
      readonly format: OutputFormat;
    }
  /** So many bytes of audio have left; the job may make more. */
  | { readonly kind: "credit"; readonly jobId: number; readonly sizeBytes: number }
  | { readonly kind: "cancel"; readonly jobId: number };

/** What the thread of the engine says. */
export type WorkerReport =
  | { readonly kind: "audio"; readonly jobId: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "events"; readonly jobId: number; readonly events: readonly TimedEvent[] }
  | { readonly kind: "end"; readonly jobId: number; readonly durationMs: number }
  | { readonly kind: "failed"; readonly jobId: number; readonly message: string };
