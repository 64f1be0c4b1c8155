import { type AzureLeftovers, becomeFailed, type Voice, withStatus } from "../../domain/voice/voice.ts";
import { TRAINING_STATUSES, type VoiceStatus } from "../../domain/voice/voice-status.ts";
import type { ConsentCollection } from "../consents/consent-collection.ts";
import { startRevocation } from "../consents/revoke-consent.ts";
import { everyDocument } from "../documents/every-document.ts";
import { forEachDocument } from "../documents/for-each-document.ts";
import type { Clock } from "../ports/clock.ts";
import type { DocumentCollection, DocumentFilter, StoredDocument, Versioned } from "../ports/documents.ts";
import type { Logger } from "../ports/logger.ts";
import { isAtWork, type Orchestrations, type OrchestrationState } from "../ports/orchestrations.ts";
import { startChange } from "./change-training.ts";
import { startDeletion } from "./delete-voice.ts";
import { startTraining, trainingInstanceId } from "./start-training.ts";
import { updateVoice, type VoiceCollection } from "./voice-ref.ts";

/**
 * Finds voices that are busy although nothing works on them any more, and brings them on or to an end; has removed what
 * was left in Azure and what withdrawn consents have made.
 */
export type ReconcileVoices = () => Promise<{ readonly found: number }>;

export interface ReconcileVoicesPorts {
  readonly voices: VoiceCollection;
  readonly consents: ConsentCollection;
  readonly orchestrations: Orchestrations;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pollIntervalSeconds: number;
}

/** What was written this recently is left alone: its orchestration may just be starting. */
const SETTLE_MS = 2 * 60 * 1000;

const BUSY: readonly VoiceStatus[] = [
  ...TRAINING_STATUSES,
  "canceling",
  "suspending",
  "resuming",
  "deleting",
];
/** Withdrawn consents; those of versions that noted no removal are removed once more. */
const NOT_REMOVED: readonly DocumentFilter[] = [
  { equals: { status: "revoked", removedAt: null } },
  { equals: { status: "revoked" }, missing: ["removedAt"] },
];
const LEFTOVERS: readonly AzureLeftovers[] = ["endpoint", "everything"];

export function makeReconcileVoices(ports: ReconcileVoicesPorts): ReconcileVoices {
  const { voices, consents } = ports;
  return async () => {
    const counts = [
      await forEachSettled(ports, voices, {
        filter: { anyOf: { status: BUSY } },
        reconcile: (voice) => reconcileBusy(ports, voice),
      }),
      await forEachSettled(ports, voices, {
        filter: { anyOf: { leftInAzure: LEFTOVERS } },
        reconcile: (voice) => cleanUp(ports, voice),
      }),
    ];
    for (const filter of NOT_REMOVED) {
      counts.push(
        await forEachSettled(ports, consents, {
          filter,
          reconcile: async (consent) => {
            await startRevocation(ports.orchestrations, consent);
            return true;
          },
        }),
      );
    }
    return { found: counts.reduce((sum, count) => sum + count, 0) };
  };
}

interface Sweep<T> {
  readonly filter: DocumentFilter;
  /** @returns whether the document had been left alone. */
  readonly reconcile: (document: Versioned<T>) => Promise<boolean>;
}

/** @returns how many documents had been left alone. */
async function forEachSettled<T extends StoredDocument & { readonly updatedAt: string }>(
  { clock, logger }: ReconcileVoicesPorts,
  collection: DocumentCollection<T>,
  { filter, reconcile }: Sweep<T>,
): Promise<number> {
  return forEachDocument(everyDocument(collection, filter), logger, async (document) => {
    const isSettled = clock.now().getTime() - Date.parse(document.updatedAt) >= SETTLE_MS;
    return isSettled && reconcile(document);
  });
}

async function reconcileBusy(ports: ReconcileVoicesPorts, voice: Versioned<Voice>): Promise<boolean> {
  const status = await ports.orchestrations.status(instanceIdOf(voice));
  if (isAtWork(status)) {
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

/** A deletion removes everything by itself. */
async function cleanUp({ orchestrations }: ReconcileVoicesPorts, voice: Voice): Promise<boolean> {
  const { id, partition, status, leftInAzure } = voice;
  if (status === "deleting") {
    return false;
  }
  const input = { voiceId: id, ownerId: partition, scope: leftInAzure };
  await orchestrations.start("cleanVoiceOrchestration", `clean-${id}`, input);
  return true;
}

function instanceIdOf(voice: Voice): string {
  const prefixes: Partial<Record<VoiceStatus, string>> = {
    suspending: "suspend",
    resuming: "resume",
    deleting: "delete",
  };
  const prefix = prefixes[voice.status];
  return prefix === undefined ? trainingInstanceId(voice) : `${prefix}-${voice.id}`;
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

/** Whatever ended the orchestration may have kept it from removing what it had made. */
async function end(ports: ReconcileVoicesPorts, voice: Voice, outcome: "canceled" | "failed"): Promise<void> {
  const now = ports.clock.now();
  const ref = { voiceId: voice.id, ownerId: voice.partition };
  await updateVoice(ports.voices, ref, (current) => {
    if (current.status !== voice.status) {
      return undefined;
    }
    return outcome === "canceled"
      ? { ...withStatus(current, "canceled", now), leftInAzure: "everything" }
      : { ...becomeFailed(current, INTERRUPTED, now), leftInAzure: "endpoint" };
  });
}

const INTERRUPTED = {
  code: "training-failed",
  message: "The training was interrupted.",
  recovery: ["POST /api/v1/voices/{id}/retry to train again."],
} as const;
