import { AzureSpeechSynthesizer } from "../adapters/azure-speech/azure-speech-synthesizer.ts";
import { OpenAiSpeechSynthesizer } from "../adapters/openai/openai-speech-synthesizer.ts";
import type { SpeechSynthesizer } from "../application/ports/speech-synthesizer.ts";
import type { VoiceResolver } from "../application/ports/voice-resolver.ts";
import { withOpenAiVoices } from "../application/synthesis/openai-voices.ts";
import { RoutedSynthesizer } from "../application/synthesis/routed-synthesizer.ts";
import { openAiCredential } from "./cognitive-credentials.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";
import { throttleCounter } from "./throttle-counter.ts";

/** Azure Speech, and OpenAI where it is configured. */
export function speechServices(foundation: Foundation, access: SpeechAccess): SpeechSynthesizer {
  const { config } = foundation;
  const azure = new AzureSpeechSynthesizer({
    connection: access.connection,
    deadlines: { firstByteMs: config.SPEECH_FIRST_BYTE_TIMEOUT_MS, idleMs: config.SPEECH_IDLE_TIMEOUT_MS },
    onThrottled: throttleCounter(foundation.metrics, "speech"),
    onRefusedUpgrade: refusalLog(foundation),
  });
  return new RoutedSynthesizer(azure, openAiSpeech(foundation));
}

/** Synthesis goes on without the websocket where it can, so that no answer tells of it. */
function refusalLog({ logger, activeCalls }: Foundation): (status: number) => void {
  return (status) => {
    const call = activeCalls.current();
    logger.log("warning", "Azure Speech refused a websocket", {
      requestId: call?.requestId,
      operation: call?.operation,
      status,
    });
  };
}

/** Without OpenAI its voices are refused by the resolver of the others. */
export function speechVoices({ config }: Foundation, resolver: VoiceResolver): VoiceResolver {
  const isConfigured =
    config.AZURE_OPENAI_ENDPOINT !== undefined && config.AZURE_OPENAI_SPEECH_DEPLOYMENT !== undefined;
  return isConfigured ? withOpenAiVoices(resolver) : resolver;
}

function openAiSpeech(foundation: Foundation): SpeechSynthesizer | undefined {
  const { config } = foundation;
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_SPEECH_DEPLOYMENT: deployment } = config;
  if (endpoint === undefined || deployment === undefined) {
    return undefined;
  }
  return new OpenAiSpeechSynthesizer({
    endpoint,
    deployment,
    ...openAiCredential(foundation),
    onThrottled: throttleCounter(foundation.metrics, "openai"),
    timeoutMs: config.SPEECH_FIRST_BYTE_TIMEOUT_MS,
  });
}
