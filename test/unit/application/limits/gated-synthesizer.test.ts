import { describe, expect, it } from "vitest";
import { AdaptiveLimits, limitsDefinition } from "../../../../src/application/limits/adaptive-limits.ts";
import { FairGate } from "../../../../src/application/limits/fair-gate.ts";
import { GatedSynthesizer } from "../../../../src/application/limits/gated-synthesizer.ts";
import type { SpeechEvent, SpeechSynthesizer } from "../../../../src/application/ports/speech-synthesizer.ts";
import { ServiceError } from "../../../../src/domain/errors/service-error.ts";
import { ManualClock } from "../../../support/manual-clock.ts";
import { MemoryDocuments } from "../../../support/memory-documents.ts";
import { recordingLogger } from "../../../support/recording-logger.ts";
import { RecordingMetrics } from "../../../support/recording-metrics.ts";

const request = {
  ssml: "<speak/>",
  outputFormat: "raw-8khz-8bit-mono-mulaw",
  target: { kind: "standard" },
  voiceName: "en-US-AvaNeural",
} as const;
const never = new AbortController().signal;

function streamOf(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
  });
}

const speaking: SpeechSynthesizer = {
  synthesize: () => Promise.resolve(streamOf(new Uint8Array([1]), new Uint8Array([2]))),
  async *synthesizeWithEvents(): AsyncGenerator<SpeechEvent> {
    yield { kind: "audio", bytes: new Uint8Array([1]) };
    yield { kind: "end", durationMs: 1 };
  },
};

function failing(code: "speech-throttled" | "speech-unavailable" | "ssml-invalid"): SpeechSynthesizer {
  return {
    synthesize: () => Promise.reject(new ServiceError(code, "no")),
    async *synthesizeWithEvents(): AsyncGenerator<SpeechEvent> {
      yield* [];
      throw new ServiceError(code, "no");
    },
  };
}

function gated(synthesizer: SpeechSynthesizer, { maxWaiting = 10 } = {}) {
  const clock = new ManualClock();
  const metrics = new RecordingMetrics();
  const shared = new MemoryDocuments<never>(limitsDefinition, clock);
  const adaptive = new AdaptiveLimits({ shared, clock, metrics, logger: recordingLogger() });
  const nowMs = () => clock.now().getTime();
  const gate = new FairGate({
    places: () => 1,
    maxWaiting,
    maxWaitingPerKey: 5,
    maxWaitMs: 1000,
    metrics,
    nowMs,
  });
  const subject = new GatedSynthesizer({ synthesizer, gate, adaptive, metrics, nowMs });
  return { subject, adaptive, running: () => metrics.values("voice_running_syntheses").at(-1) };
}

describe("a gated synthesis", () => {
  it("passes the audio on and holds its place until the last byte", async () => {
    const { subject, running } = gated(speaking);

    const audio = await subject.synthesize(request, never);
    const whileStreaming = running();
    const bytes = await new Response(audio).bytes();

    expect([...bytes]).toEqual([1, 2]);
    expect([whileStreaming, running()]).toEqual([1, 0]);
  });

  it("gives its place back when the client hangs up", async () => {
    const { subject, running } = gated(speaking);
    const audio = await subject.synthesize(request, never);

    await audio.cancel();

    expect(running()).toBe(0);
  });

  it("with events gives its place back when the reader stops early", async () => {
    const { subject, running } = gated(speaking);

    for await (const event of subject.synthesizeWithEvents({ ...request, visemes: false }, never)) {
      expect(event.kind).toBe("audio");
      break;
    }

    expect(running()).toBe(0);
  });

  it("that continues another one waits for its place, where a new one is refused", async () => {
    const { subject } = gated(speaking, { maxWaiting: 0 });
    const heard = await subject.synthesize(request, never);

    const next = subject.synthesize({ ...request, isContinuation: true }, never);
    await expect(subject.synthesize(request, never)).rejects.toMatchObject({ code: "queue-full" });
    await heard.cancel();

    expect([...(await new Response(await next).bytes())]).toEqual([1, 2]);
  });

  it.each(["speech-throttled", "speech-unavailable"] as const)(
    "lowers the limit and frees the place on %s",
    async (code) => {
      const { subject, adaptive, running } = gated(failing(code));

      await expect(subject.synthesize(request, never)).rejects.toMatchObject({ code });

      expect([adaptive.factor("synthesis"), running()]).toEqual([0.7, 0]);
    },
  );

  it("leaves the limit alone when the document was at fault", async () => {
    const { subject, adaptive } = gated(failing("ssml-invalid"));

    await expect(subject.synthesize(request, never)).rejects.toMatchObject({ code: "ssml-invalid" });

    expect(adaptive.factor("synthesis")).toBe(1);
  });
});
