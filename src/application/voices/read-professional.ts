import { ServiceError } from "../../domain/errors/service-error.ts";
import type { ProfessionalTraining, Voice } from "../../domain/voice/voice.ts";
import { readVoice, type VoiceCollection, type VoiceRef } from "./voice-ref.ts";

/** @throws {@link ServiceError} `voice-not-found`, `voice-state-conflict` for a personal voice. */
export async function readProfessional(
  { voices }: { readonly voices: VoiceCollection },
  ref: VoiceRef,
): Promise<{ readonly voice: Voice; readonly training: ProfessionalTraining }> {
  const voice = await readVoice(voices, ref);
  if (voice.professional === null) {
    throw new ServiceError("voice-state-conflict", `The voice ${ref.voiceId} is no professional one.`);
  }
  return { voice, training: voice.professional };
}
