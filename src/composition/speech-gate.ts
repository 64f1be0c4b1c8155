import { FairGate } from "../application/limits/fair-gate.ts";
import { GatedSynthesizer } from "../application/limits/gated-synthesizer.ts";
import type { SpeechSynthesizer } from "../application/ports/speech-synthesizer.ts";
import { withClientSpans } from "../application/tracing/with-client-spans.ts";
import type { Foundation } from "./foundation.ts";

/** Share of the queue that one principal may take. */
const SHARE_PER_PRINCIPAL = 0.5;

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
