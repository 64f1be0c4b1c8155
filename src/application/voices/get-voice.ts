import type { Principal } from "../../domain/access/principal.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import type { Versioned } from "../ports/documents.ts";
import { findVoice } from "./find-voice.ts";
import type { VoiceCollection } from "./voice-ref.ts";

/** @throws {@link ServiceError} `voice-not-found`. */
export type GetVoice = (principal: Principal, voiceId: string) => Promise<Versioned<Voice>>;

export function makeGetVoice(voices: VoiceCollection): GetVoice {
  return (principal, voiceId) => findVoice(voices, principal, { voiceId, use: "read" });
}
