import type { Principal } from "../../domain/access/principal.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import { withStatus } from "../../domain/voice/voice.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { findVoice, type FindVoicePorts } from "./find-voice.ts";
import { trainingInstanceId } from "./start-training.ts";
import { updateVoice } from "./voice-ref.ts";

/**
 * Ends what the voice is doing and starts the removal of all that it consists of; doing so twice is harmless.
 *
 * @throws {@link ServiceError} `voice-not-found`.
 */
export type DeleteVoice = (principal: Principal, voiceId: string) => Promise<Versioned<Voice>>;

export interface DeleteVoicePorts extends FindVoicePorts {
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
}

export function makeDeleteVoice(ports: DeleteVoicePorts): DeleteVoice {
  const { voices, orchestrations, clock } = ports;
  return async (principal, voiceId) => {
    const { partition: ownerId } = await findVoice(ports, principal, { voiceId, use: "change" });
    const ref = { voiceId, ownerId };
    const voice = await updateVoice(voices, ref, (current) => ({
      ...withStatus(current, "deleting", clock.now()),
      error: current.status === "deleting" ? current.error : null,
    }));
    await orchestrations.raiseEvent(trainingInstanceId(voice), "cancel", {});
    await startDeletion(orchestrations, voice);
    return voice;
  };
}

/** Starting a deletion that runs already changes nothing. */
export async function startDeletion(orchestrations: Orchestrations, { id, partition }: Voice): Promise<void> {
  await orchestrations.start("deleteVoiceOrchestration", `delete-${id}`, { voiceId: id, ownerId: partition });
}
