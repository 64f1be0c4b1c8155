import { isAdmin, type Principal } from "../../domain/access/principal.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { Voice } from "../../domain/voice/voice.ts";
import type { Versioned } from "../ports/documents.ts";
import type { VoiceCollection } from "./voice-ref.ts";

/** What a principal wants with a voice: others may read what is shared, only its owner and admins change it. */
export type VoiceUse = "read" | "change";

/**
 * Finds a voice that the principal may use that way.
 *
 * @throws {@link ServiceError} `voice-not-found`, also for voices that the principal may not know of.
 */
export async function findVoice(
  voices: VoiceCollection,
  principal: Principal,
  { voiceId, use }: { readonly voiceId: string; readonly use: VoiceUse },
): Promise<Versioned<Voice>> {
  const own = await voices.read(principal.id, voiceId);
  const found = own ?? (await findForeign(voices, principal, voiceId));
  const allowed =
    found !== undefined && (found === own || isAdmin(principal) || (use === "read" && isShared(found)));
  if (!allowed) {
    throw new ServiceError("voice-not-found", `There is no voice ${voiceId}.`, { details: { voiceId } });
  }
  return found;
}

async function findForeign(
  voices: VoiceCollection,
  principal: Principal,
  voiceId: string,
): Promise<Versioned<Voice> | undefined> {
  const visible = isAdmin(principal) ? {} : { visibility: "organization" };
  const { items } = await voices.query({ equals: { id: voiceId, ...visible }, limit: 1 });
  return items[0];
}

function isShared(voice: Voice): boolean {
  return voice.visibility === "organization";
}
