import { FairGate } from "../application/limits/fair-gate.ts";
import { GatedSynthesizer } from "../application/limits/gated-synthesizer.ts";
import type { Metrics } from "../application/ports/metrics.ts";
import type { SpeechSynthesizer } from "../application/ports/speech-synthesizer.ts";
import { withClientSpans } from "../application/tracing/with-client-spans.ts";
import type { Foundation } from "./foundation.ts";

/** Share of the queue that one principal may take. */
const SHARE_PER_PRINCIPAL = 0.5;

/** A batch that waits longer leaves the rest of its page for another pass. */
const MAX_BATCH_WAIT_MS = 10 * 60_000;

const nowMs = (): number => performance.now();

/** Lets no more syntheses through than the Speech resource can take right now, fairly among principals. */
export function gatedSynthesizer(
  { config, metrics, adaptive, tracer, activeCalls }: Foundation,
  synthesizer: SpeechSynthesizer,
): SpeechSynthesizer {
  const gate = new FairGate({
    places: () => Math.max(1, Math.floor(config.SPEECH_MAX_CONCURRENCY * adaptive.factor("synthesis"))),
    maxWaiting: config.SPEECH_QUEUE_LENGTH,
    maxWaitingPerKey: Math.ceil(config.SPEECH_QUEUE_LENGTH * SHARE_PER_PRINCIPAL),
    maxWaitMs: config.SPEECH_QUEUE_WAIT_MS,
    metrics,
    nowMs,
  });
  const traced = withClientSpans(synthesizer, { tracer, activeCalls, system: "speech" });
  return new GatedSynthesizer({ synthesizer: traced, gate, adaptive, metrics, nowMs });
}

/**
 * Lets no more items of batches through at once than the setting says, however many batches run here: what waits does so
 * outside of the queue of people who listen, and principals take turns.
 */
export function batchGate({ config, adaptive }: Foundation): FairGate {
  return new FairGate({
    places: () => Math.max(1, Math.floor(config.BATCH_CONCURRENCY * adaptive.factor("synthesis"))),
    maxWaiting: Infinity,
    maxWaitingPerKey: Infinity,
    maxWaitMs: MAX_BATCH_WAIT_MS,
    metrics: UNCOUNTED,
    nowMs,
  });
}

/** The gate of syntheses tells how busy this instance is. */
const UNCOUNTED: Metrics = { count: () => undefined, observe: () => undefined, set: () => undefined };
