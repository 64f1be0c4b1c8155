import { OpenAiTranscriber } from "../adapters/openai/openai-transcriber.ts";
import type { Transcriber } from "../application/ports/transcriber.ts";
import type { Foundation } from "./foundation.ts";

const OPENAI_SCOPE = "https://cognitiveservices.azure.com/.default";
const TIMEOUT_MS = 120_000;

/** @returns undefined without an endpoint and a deployment for transcription. */
export function transcriberOf({ config, identity, readSecret }: Foundation): Transcriber | undefined {
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: deployment } = config;
  if (endpoint === undefined || deployment === undefined) {
    return undefined;
  }
  const key = config.AZURE_OPENAI_API_KEY;
  const token = async () => (await identity.credential.getToken(OPENAI_SCOPE))?.token ?? "";
  return new OpenAiTranscriber({
    endpoint,
    deployment,
    apiKey: key === undefined ? token : () => readSecret(key),
    timeoutMs: TIMEOUT_MS,
    usdPerMinute: config.TRANSCRIPTION_USD_PER_MINUTE,
  });
}
