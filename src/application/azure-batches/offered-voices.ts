import { ServiceError } from "../../domain/errors/service-error.ts";
import type { VoiceFamily } from "../../domain/speech/voice-family.ts";
import type { PlannedItem } from "./azure-plan.ts";
import { fitsOneJob } from "./pack-jobs.ts";

const REFUSED: Partial<Readonly<Record<VoiceFamily, string>>> = {
  openai: "OpenAI voices are not spoken by Azure's batch synthesis",
  hd: "HD voices are offered for real-time synthesis only",
  "hd-omni": "HD voices are offered for real-time synthesis only",
};

/**
 * Prebuilt, personal and professional voices are offered.
 *
 * @returns why Azure's batch synthesis has no such voices, undefined when it has.
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/high-definition-voices
 */
export function whyNotOffered(family: VoiceFamily): string | undefined {
  return REFUSED[family];
}

/** @throws {@link ServiceError} `azure-batch-unsupported`. */
export function assertOffered(item: PlannedItem): void {
  for (const family of item.prepared.families) {
    const reason = whyNotOffered(family);
    if (reason !== undefined) {
      throw unsupported(`${reason}: choose another voice, or send mode: standard.`);
    }
  }
  if (!fitsOneJob(item)) {
    throw unsupported(
      "The item is larger than one job of Azure's batch synthesis: divide it, or send mode: standard.",
    );
  }
}

function unsupported(message: string): ServiceError {
  return new ServiceError("azure-batch-unsupported", message);
}
