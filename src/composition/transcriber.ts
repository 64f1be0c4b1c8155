import { OpenAiTranscriber } from "../adapters/openai/openai-transcriber.ts";
import type { Transcriber } from "../application/ports/transcriber.ts";
import { openAiCredential } from "./cognitive-credentials.ts";
import type { Foundation } from "./foundation.ts";
import { throttleCounter } from "./throttle-counter.ts";

const TIMEOUT_MS = 120_000;

/** @returns undefined without an endpoint and a deployment for transcription. */
export function transcriberOf(foundation: Foundation): Transcriber | undefined {
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: deployment } =
    foundation.config;
  if (endpoint === undefined || deployment === undefined) {
    return undefined;
  }
  return new OpenAiTranscriber({
    endpoint,
    deployment,
    ...openAiCredential(foundation),
    onThrottled: throttleCounter(foundation.metrics, "openai"),
    timeoutMs: TIMEOUT_MS,
    usdPerMinute: foundation.config.TRANSCRIPTION_USD_PER_MINUTE,
  });
}
