import type { Principal } from "../../domain/access/principal.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import type { Versioned } from "../ports/documents.ts";
import { findVoice, type FindVoicePorts } from "./find-voice.ts";

/** @throws {@link ServiceError} `voice-not-found`. */
export type GetVoice = (principal: Principal, voiceId: string) => Promise<Versioned<Voice>>;

export function makeGetVoice(ports: FindVoicePorts): GetVoice {
  return (principal, voiceId) => findVoice(ports, principal, { voiceId, use: "read" });
}
