import { azureBatchSynthesis } from "../adapters/azure-speech/batch-synthesis/azure-batch-synthesis.ts";
import { batchSynthesisClient } from "../adapters/azure-speech/batch-synthesis/batch-synthesis-client.ts";
import type { BatchSynthesisService } from "../application/ports/batch-synthesis.ts";
import type { Foundation } from "./foundation.ts";
import type { SpeechAccess } from "./speech-access.ts";
import { throttleCounter } from "./throttle-counter.ts";

/** Lies at the resource's own domain, as the custom voice API does. */
export function batchSynthesisOf(
  { metrics }: Foundation,
  { customVoiceEndpoint, resourceHeader }: SpeechAccess,
): BatchSynthesisService {
  const client = batchSynthesisClient({
    endpoint: customVoiceEndpoint,
    ...resourceHeader,
    onThrottled: throttleCounter(metrics, "batch-synthesis"),
  });
  return azureBatchSynthesis(client);
}
