import type { Metrics } from "../application/ports/metrics.ts";

/** Parts of Azure that answer 429, as metrics call them. */
export type ThrottlingService =
  | "speech"
  | "custom-voice"
  | "batch-synthesis"
  | "translator"
  | "openai"
  | "cosmos";

/** Counts the answers of a service over its quota. */
export function throttleCounter(metrics: Metrics, service: ThrottlingService): () => void {
  return () => metrics.count("voice_upstream_throttled_total", { service });
}
