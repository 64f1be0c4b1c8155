import { ServiceError } from "../../domain/errors/service-error.ts";
import { everyDocument } from "../documents/every-document.ts";
import type { Logger } from "../ports/logger.ts";
import {
  isSameReference,
  ORGANIZATION,
  referenceTo,
  type SharedVoice,
  type SharedVoiceCollection,
} from "./shared-voice.ts";
import type { SharedVoices } from "./shared-voices.ts";
import type { VoiceCollection, VoiceRef } from "./voice-ref.ts";

/** Brings every reference in line with its voice: what a crash between two writes has left, or an older version made. */
export type ReconcileSharedVoices = () => Promise<{ readonly found: number }>;

export interface ReconcileSharedVoicesPorts {
  readonly voices: VoiceCollection;
  readonly references: SharedVoiceCollection;
  readonly shared: SharedVoices;
  readonly logger: Logger;
}

export function makeReconcileSharedVoices(ports: ReconcileSharedVoicesPorts): ReconcileSharedVoices {
  return async () => {
    const differing = await differingVoices(ports);
    for (const ref of differing) {
      try {
        await ports.shared.align(ref);
      } catch (error) {
        const code = error instanceof ServiceError ? error.code : "internal-error";
        ports.logger.log("error", "Reconciling failed; the next run repeats it", { id: ref.voiceId, code });
      }
    }
    return { found: differing.length };
  };
}

async function differingVoices({
  voices,
  references,
}: ReconcileSharedVoicesPorts): Promise<readonly VoiceRef[]> {
  const unclaimed = new Map<string, SharedVoice>();
  for await (const reference of everyDocument(references, { partition: ORGANIZATION })) {
    unclaimed.set(reference.id, reference);
  }
  const differing: VoiceRef[] = [];
  for await (const voice of everyDocument(voices, { equals: { visibility: "organization" } })) {
    if (!isSameReference(unclaimed.get(voice.id), referenceTo(voice))) {
      differing.push({ voiceId: voice.id, ownerId: voice.partition });
    }
    unclaimed.delete(voice.id);
  }
  const withdrawn = [...unclaimed.values()].map(({ id, ownerId }) => ({ voiceId: id, ownerId }));
  return [...differing, ...withdrawn];
}
