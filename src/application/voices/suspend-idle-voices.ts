import { type Voice, withStatus } from "../../domain/voice/voice.ts";
import { everyDocument } from "../documents/every-document.ts";
import { forEachDocument } from "../documents/for-each-document.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Orchestrations } from "../ports/orchestrations.ts";
import { startChange } from "./change-training.ts";
import { updateVoice, type VoiceCollection } from "./voice-ref.ts";

/** Suspends deployed voices that nobody speaks with: each costs about 4 USD an hour while it waits. */
export type SuspendIdleVoices = () => Promise<{ readonly suspended: number }>;

export interface SuspendIdleVoicesPorts {
  readonly voices: VoiceCollection;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pollIntervalSeconds: number;
  /** 0 suspends nothing. */
  readonly idleSuspendMinutes: number;
}

export function makeSuspendIdleVoices(ports: SuspendIdleVoicesPorts): SuspendIdleVoices {
  return async () => {
    if (ports.idleSuspendMinutes === 0) {
      return { suspended: 0 };
    }
    const now = ports.clock.now();
    const limit = new Date(now.getTime() - ports.idleSuspendMinutes * 60_000).toISOString();
    const deployed = everyDocument(ports.voices, { equals: { kind: "professional", status: "ready" } });
    const suspended = await forEachDocument(
      deployed,
      ports.logger,
      async (voice) => isIdle(voice, limit) && suspend(ports, voice, { now, limit }),
    );
    return { suspended };
  };
}

/** A voice that has just become ready, also by being resumed, has not had its time yet. */
function isIdle({ status, lastUsedAt, updatedAt }: Voice, limit: string): boolean {
  return status === "ready" && updatedAt < limit && (lastUsedAt ?? updatedAt) < limit;
}

/** @returns false for a voice that was used or changed meanwhile. */
async function suspend(
  ports: SuspendIdleVoicesPorts,
  { id, partition }: Voice,
  { now, limit }: { readonly now: Date; readonly limit: string },
): Promise<boolean> {
  const voice = await updateVoice(ports.voices, { voiceId: id, ownerId: partition }, (current) =>
    isIdle(current, limit) ? withStatus(current, "suspending", now) : undefined,
  );
  if (voice.status !== "suspending") {
    return false;
  }
  await startChange(ports, voice, "suspend");
  ports.logger.log("info", "An idle voice is being suspended", { voiceId: id });
  return true;
}
