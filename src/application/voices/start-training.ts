import type { Voice } from "../../domain/voice/voice.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";

/**
 * Id of the orchestration that trains a voice. Each attempt has its own, because an orchestration that has just written
 * its outcome may still be closing and would swallow the start of the next.
 */
export function trainingInstanceId({ id, attempt = 0 }: Pick<Voice, "id" | "attempt">): string {
  return attempt === 0 ? `train-${id}` : `train-${id}-${attempt}`;
}

/** What a training needs to know from the start. */
export interface TrainingInput {
  readonly voiceId: string;
  readonly ownerId: string;
  readonly kind: Voice["kind"];
  readonly attempt: number;
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
    attempt: voice.attempt ?? 0,
    pollIntervalSeconds: ports.pollIntervalSeconds,
  };
  await ports.orchestrations.start("trainVoiceOrchestration", trainingInstanceId(voice), input);
}
