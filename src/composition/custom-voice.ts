import { azureCustomVoiceService } from "../adapters/azure-speech/custom-voice/azure-custom-voice-service.ts";
import { customVoiceClient } from "../adapters/azure-speech/custom-voice/custom-voice-client.ts";
import { azureVoiceCatalog } from "../adapters/azure-speech/voices-list/azure-voice-catalog.ts";
import type { CustomVoiceService } from "../application/ports/custom-voice.ts";
import type { VoiceCatalog } from "../application/ports/voice-catalog.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";
import { throttleCounter } from "./throttle-counter.ts";

/** What makes voices in the Speech resource. */
export function customVoiceOf({ metrics }: Foundation, access: SpeechAccess): CustomVoiceService {
  const client = customVoiceClient({
    endpoint: access.customVoiceEndpoint,
    ...access.resourceHeader,
    onThrottled: throttleCounter(metrics, "custom-voice"),
  });
  return azureCustomVoiceService(client);
}

/** The prebuilt voices of the Speech resource. */
export function voicesListOf({ metrics }: Foundation, access: SpeechAccess): VoiceCatalog {
  return azureVoiceCatalog({
    host: access.connection.standardUrl,
    ...access.regionalHeader,
    onThrottled: throttleCounter(metrics, "speech"),
  });
}
