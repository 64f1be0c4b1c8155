import type { Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Voice, VoiceDefaults, VoiceVisibility } from "../../domain/voice/voice.ts";
import type { VoiceUse } from "../../domain/voice/voice-use.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import { findVoice, type FindVoicePorts } from "./find-voice.ts";
import { updateVoice } from "./voice-ref.ts";

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
  /** The ETag that the client has read; undefined takes whatever is stored. */
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
    const found = await findVoice(ports, principal, { voiceId, use: "change" });
    const change = (voice: Voice): Voice => changed(voice, changes, ports.clock.now());
    if (ifMatch === undefined) {
      return updateVoice(ports.voices, { voiceId, ownerId: found.partition }, change);
    }
    const wanted = change(found);
    if (ifMatch !== found.etag) {
      throw new ServiceError("precondition-failed", `The voice ${voiceId} has another ETag.`);
    }
    return ports.voices.replace(wanted, found.etag);
  };
}

/** @throws {@link ServiceError} `voice-state-conflict`. */
function changed(voice: Voice, changes: VoiceChanges, at: Date): Voice {
  if (voice.status === "deleting") {
    const details = { voiceId: voice.id };
    throw new ServiceError("voice-state-conflict", "The voice is being deleted.", { details });
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...voice, ...Object.fromEntries(given), updatedAt: at.toISOString() };
}
