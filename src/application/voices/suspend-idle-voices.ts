import { withStatus } from "../../domain/voice/voice.ts";
import { everyDocument } from "../documents/every-document.ts";
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
    let suspended = 0;
    for await (const voice of deployed) {
      if ((voice.lastUsedAt ?? voice.updatedAt) >= limit) {
        continue;
      }
      const ref = { voiceId: voice.id, ownerId: voice.partition };
      await updateVoice(ports.voices, ref, (current) =>
        current.status === "ready" ? withStatus(current, "suspending", now) : undefined,
      );
      await startChange(ports, voice, "suspend");
      ports.logger.log("info", "An idle voice is being suspended", { voiceId: voice.id });
      suspended += 1;
    }
    return { suspended };
  };
}
