import type { Metrics } from "../ports/metrics.ts";
import type { Speak } from "../synthesis/speak.ts";
import type { SpeakStream } from "../synthesis/speak-stream.ts";

export interface Meters {
  readonly metrics: Metrics;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/** The same; tells how fast audio is made compared with how long it plays. */
export function meteredSpeak(speak: Speak, { metrics, nowMs }: Meters): Speak {
  return async (principal, request, signal) => {
    const startedMs = nowMs();
    const spoken = await speak(principal, request, signal);
    if (spoken.durationMs > 0) {
      const ratio = (nowMs() - startedMs) / spoken.durationMs;
      metrics.observe("voice_real_time_factor_ratio", { mode: "whole" }, ratio);
    }
    return spoken;
  };
}

/** The same; tells how long the first audio took. */
export function meteredSpeakStream(speakStream: SpeakStream, { metrics, nowMs }: Meters): SpeakStream {
  return async (principal, request, signal) => {
    const startedMs = nowMs();
    const spoken = await speakStream(principal, request, signal);
    const elapsedSeconds = (nowMs() - startedMs) / 1000;
    metrics.observe("voice_time_to_first_audio_seconds", { mode: "stream" }, elapsedSeconds);
    return spoken;
  };
}
