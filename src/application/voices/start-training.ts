import type { Voice } from "../../domain/voice/voice.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";

/** Id of the orchestration that trains a voice: a voice is trained by one at a time. */
export function trainingInstanceId(voiceId: string): string {
  return `train-${voiceId}`;
}

/** What a training needs to know from the start. */
export interface TrainingInput {
  readonly voiceId: string;
  readonly ownerId: string;
  readonly kind: Voice["kind"];
  /** First pause between two looks at what Azure is making. */
  readonly pollIntervalSeconds: number;
}

/** Starting a training that runs already changes nothing. */
export async function startTraining(
  ports: { readonly orchestrations: Orchestrations; readonly pollIntervalSeconds: number },
  voice: Voice,
): Promise<void> {
  const input: TrainingInput = {
    voiceId: voice.id,
    ownerId: voice.partition,
    kind: voice.kind,
    pollIntervalSeconds: ports.pollIntervalSeconds,
  };
  await ports.orchestrations.start("trainVoiceOrchestration", trainingInstanceId(voice.id), input);
}
