import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Voice, VoiceDefaults, VoiceVisibility } from "../../domain/voice/voice.ts";
import type { VoiceUse } from "../../domain/voice/voice-use.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import { findVoice, type FindVoicePorts } from "./find-voice.ts";

export interface VoiceChanges {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly visibility?: VoiceVisibility | undefined;
  /** Empty restricts nothing. */
  readonly permittedUses?: readonly VoiceUse[] | undefined;
  readonly defaults?: VoiceDefaults | undefined;
}

export interface UpdateVoiceRequest {
  readonly voiceId: string;
  readonly changes: VoiceChanges;
  /** The ETag that the client has read; undefined takes the stored one. */
  readonly ifMatch: string | undefined;
}

/**
 * Changes what its owner says of a voice; what is left out stays.
 *
 * @throws {@link ServiceError} `voice-not-found`, `precondition-failed`, `voice-state-conflict` while it is deleted.
 */
export type UpdateVoice = (principal: Principal, request: UpdateVoiceRequest) => Promise<Versioned<Voice>>;

export interface UpdateVoicePorts extends FindVoicePorts {
  readonly clock: Clock;
}

export function makeUpdateVoice(ports: UpdateVoicePorts): UpdateVoice {
  return async (principal, { voiceId, changes, ifMatch }) => {
    const { etag, ...voice } = await findVoice(ports, principal, { voiceId, use: "change" });
    if (voice.status === "deleting") {
      throw new ServiceError("voice-state-conflict", "The voice is being deleted.", { details: { voiceId } });
    }
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const changed = { ...voice, ...Object.fromEntries(given), updatedAt: ports.clock.now().toISOString() };
    return ports.voices.replace(changed, ifMatch ?? etag);
  };
}
