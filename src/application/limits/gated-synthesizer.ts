import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { SpeechEvent, SpeechSynthesizer, SynthesisRequest } from "../ports/speech-synthesizer.ts";
import type { CapacitySignal } from "./adaptive-factor.ts";
import type { AdaptiveLimits } from "./adaptive-limits.ts";
import type { FairGate } from "./fair-gate.ts";

/** First audio later than this tells that the Speech resource is short of capacity. */
const SLOW_MS = 5_000;

/** Whose turn it is when a request does not say for whom it is. */
const SHARED_KEY = "shared";

export interface GatedSynthesizerParts {
  readonly synthesizer: SpeechSynthesizer;
  readonly gate: FairGate;
  readonly adaptive: AdaptiveLimits;
  readonly metrics: Metrics;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/** Protects the Speech resource: a place at the gate for every synthesis, and limits that follow how it goes. */
export class GatedSynthesizer implements SpeechSynthesizer {
  readonly #parts: GatedSynthesizerParts;

  constructor(parts: GatedSynthesizerParts) {
    this.#parts = parts;
  }

  /** @throws {@link ServiceError} `queue-full` (retryable), besides what the port says. */
  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const release = await this.#enter(request, signal);
    const startedMs = this.#parts.nowMs();
    try {
      const audio = await this.#parts.synthesizer.synthesize(request, signal);
      this.#report(startedMs);
      return withEnd(audio, release);
    } catch (error) {
      release();
      this.#reportFailure(error);
      throw error;
    }
  }

  /** Throws what {@link synthesize} throws. */
  async *synthesizeWithEvents(
    request: SynthesisRequest & { readonly visemes: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<SpeechEvent> {
    const release = await this.#enter(request, signal);
    const startedMs = this.#parts.nowMs();
    let hasStarted = false;
    try {
      for await (const event of this.#parts.synthesizer.synthesizeWithEvents(request, signal)) {
        if (!hasStarted) {
          hasStarted = true;
          this.#report(startedMs);
        }
        yield event;
      }
    } catch (error) {
      this.#reportFailure(error);
      throw error;
    } finally {
      release();
    }
  }

  #enter({ queueKey, isContinuation }: SynthesisRequest, signal: AbortSignal): Promise<() => void> {
    return this.#parts.gate.enter(queueKey ?? SHARED_KEY, signal, { isPatient: isContinuation ?? false });
  }

  #report(startedMs: number): void {
    this.#signal(this.#parts.nowMs() - startedMs > SLOW_MS ? "slow" : "ok");
  }

  #reportFailure(error: unknown): void {
    if (!(error instanceof ServiceError)) {
      return;
    }
    if (error.code === "speech-throttled") {
      this.#signal("throttled");
    } else if (error.code === "speech-unavailable") {
      this.#signal("failed");
    }
  }

  #signal(outcome: CapacitySignal): void {
    this.#parts.adaptive.report("synthesis", outcome);
    this.#parts.metrics.count("voice_upstream_requests_total", { service: "speech", outcome });
  }
}

/** The same stream; `onEnd` is called once, when it ends, fails or is cancelled. */
function withEnd(stream: ReadableStream<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            onEnd();
            controller.close();
          } else {
            controller.enqueue(value);
          }
        } catch (error) {
          onEnd();
          throw error;
        }
      },
      async cancel(reason) {
        onEnd();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
