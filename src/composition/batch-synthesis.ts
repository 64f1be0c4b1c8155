import { azureBatchSynthesis } from "../adapters/azure-speech/batch-synthesis/azure-batch-synthesis.ts";
import { batchSynthesisClient } from "../adapters/azure-speech/batch-synthesis/batch-synthesis-client.ts";
import type { BatchSynthesisService } from "../application/ports/batch-synthesis.ts";
import type { SpeechAccess } from "./speech-access.ts";

/** Lies at the resource's own domain, as the custom voice API does. */
export function batchSynthesisOf({
  customVoiceEndpoint,
  resourceHeader,
}: SpeechAccess): BatchSynthesisService {
  return azureBatchSynthesis(batchSynthesisClient({ endpoint: customVoiceEndpoint, ...resourceHeader }));
}
