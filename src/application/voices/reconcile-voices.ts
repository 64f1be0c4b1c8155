import { becomeFailed, type Voice, withStatus } from "../../domain/voice/voice.ts";
import type { VoiceStatus } from "../../domain/voice/voice-status.ts";
import type { Clock } from "../ports/clock.ts";
import type { Versioned } from "../ports/documents.ts";
import type { Logger } from "../ports/logger.ts";
import type { Orchestrations, OrchestrationState } from "../ports/orchestrations.ts";
import { startChange } from "./change-training.ts";
import { startDeletion } from "./delete-voice.ts";
import { startTraining, trainingInstanceId } from "./start-training.ts";
import { updateVoice, type VoiceCollection } from "./voice-ref.ts";

/** Finds voices that are busy although nothing works on them any more, and brings them on or to an end. */
export type ReconcileVoices = () => Promise<{ readonly found: number }>;

export interface ReconcileVoicesPorts {
  readonly voices: VoiceCollection;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pollIntervalSeconds: number;
}

/** A voice whose document was written this recently is left alone: its orchestration may just be starting. */
const SETTLE_MS = 2 * 60 * 1000;
const PAGE_SIZE = 100;
const AT_WORK: ReadonlySet<OrchestrationState> = new Set(["pending", "running", "suspended"]);

const TRAINING: readonly VoiceStatus[] = [
  "pending",
  "verifying-consent",
  "processing-samples",
  "training",
  "deploying",
];
const BUSY: readonly VoiceStatus[] = [...TRAINING, "canceling", "suspending", "resuming", "deleting"];

export function makeReconcileVoices(ports: ReconcileVoicesPorts): ReconcileVoices {
  return async () => {
    let found = 0;
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<VoiceCollection["query"]>> = await ports.voices.query({
        anyOf: { status: BUSY },
        limit: PAGE_SIZE,
        ...(cursor !== null && { cursor }),
      });
      for (const voice of page.items) {
        found += (await reconcile(ports, voice)) ? 1 : 0;
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    return { found };
  };
}

/** @returns whether the voice had been left alone. */
async function reconcile(ports: ReconcileVoicesPorts, voice: Versioned<Voice>): Promise<boolean> {
  const isFresh = ports.clock.now().getTime() - Date.parse(voice.updatedAt) < SETTLE_MS;
  if (isFresh) {
    return false;
  }
  const status = await ports.orchestrations.status(instanceIdOf(voice));
  if (status !== undefined && AT_WORK.has(status.state)) {
    return false;
  }
  ports.logger.log("warning", "A voice was left behind by its orchestration", {
    voiceId: voice.id,
    status: voice.status,
    orchestration: status?.state ?? "unknown",
  });
  await bringOn(ports, voice, status?.state);
  return true;
}

function instanceIdOf({ id, status }: Voice): string {
  const prefixes: Partial<Record<VoiceStatus, string>> = {
    suspending: "suspend",
    resuming: "resume",
    deleting: "delete",
  };
  const prefix = prefixes[status];
  return prefix === undefined ? trainingInstanceId(id) : `${prefix}-${id}`;
}

/** An orchestration that is unknown or was ended from outside starts again; one that failed has had its chance. */
async function bringOn(
  ports: ReconcileVoicesPorts,
  voice: Voice,
  state: OrchestrationState | undefined,
): Promise<void> {
  const { status } = voice;
  if (status === "deleting") {
    return startDeletion(ports.orchestrations, voice);
  }
  if (status === "suspending" || status === "resuming") {
    return startChange(ports, voice, status === "suspending" ? "suspend" : "resume");
  }
  if (status === "canceling") {
    return end(ports, voice, "canceled");
  }
  return state === undefined || state === "terminated"
    ? startTraining(ports, voice)
    : end(ports, voice, "failed");
}

async function end(ports: ReconcileVoicesPorts, voice: Voice, outcome: "canceled" | "failed"): Promise<void> {
  const now = ports.clock.now();
  const ref = { voiceId: voice.id, ownerId: voice.partition };
  await updateVoice(ports.voices, ref, (current) =>
    outcome === "canceled"
      ? withStatus(current, "canceled", now)
      : becomeFailed(
          current,
          {
            code: "training-failed",
            message: "The training was interrupted.",
            recovery: ["POST /api/v1/voices/{id}/retry to train again."],
          },
          now,
        ),
  );
}
