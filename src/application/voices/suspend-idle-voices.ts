import { withStatus } from "../../domain/voice/voice.ts";
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

const PAGE_SIZE = 100;

export function makeSuspendIdleVoices(ports: SuspendIdleVoicesPorts): SuspendIdleVoices {
  return async () => {
    if (ports.idleSuspendMinutes === 0) {
      return { suspended: 0 };
    }
    const now = ports.clock.now();
    const limit = new Date(now.getTime() - ports.idleSuspendMinutes * 60_000).toISOString();
    const { items } = await ports.voices.query({
      equals: { kind: "professional", status: "ready" },
      limit: PAGE_SIZE,
    });
    const idle = items.filter(({ lastUsedAt, updatedAt }) => (lastUsedAt ?? updatedAt) < limit);
    for (const voice of idle) {
      const ref = { voiceId: voice.id, ownerId: voice.partition };
      await updateVoice(ports.voices, ref, (current) =>
        current.status === "ready" ? withStatus(current, "suspending", now) : undefined,
      );
      await startChange(ports, voice, "suspend");
      ports.logger.log("info", "An idle voice is being suspended", { voiceId: voice.id });
    }
    return { suspended: idle.length };
  };
}
