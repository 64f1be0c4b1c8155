import { isAdmin, type Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import { findForAdmin } from "../documents/find-for-admin.ts";
import type { Versioned } from "../ports/documents.ts";
import type { SharedVoices } from "./shared-voices.ts";
import type { VoiceCollection } from "./voice-ref.ts";

/** What a principal wants with a voice: others may read what is shared, only its owner and admins change it. */
export type VoiceUse = "read" | "change";

export interface FindVoicePorts {
  readonly voices: VoiceCollection;
  readonly shared: Pick<SharedVoices, "find">;
}

/**
 * Finds a voice that the principal may use that way, by at most three point reads; only for administrators among
 * everybody's.
 *
 * @throws {@link ServiceError} `voice-not-found`, also for voices that the principal may not know of.
 */
export async function findVoice(
  { voices, shared }: FindVoicePorts,
  principal: Principal,
  { voiceId, use }: { readonly voiceId: string; readonly use: VoiceUse },
): Promise<Versioned<Voice>> {
  const mayBeForeign = use === "read" || isAdmin(principal);
  const found =
    (await voices.read(principal.id, voiceId)) ??
    (mayBeForeign ? await shared.find(voiceId) : undefined) ??
    (await findForAdmin(voices, principal, voiceId));
  if (found === undefined) {
    throw new ServiceError("voice-not-found", `There is no voice ${voiceId}.`, { details: { voiceId } });
  }
  return found;
}
