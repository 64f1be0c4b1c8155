import { CONSENTS } from "../../../src/application/consents/consent-collection.ts";
import type { OrchestrationState } from "../../../src/application/ports/orchestrations.ts";
import { VOICES } from "../../../src/application/voices/voice-ref.ts";
import type { Consent } from "../../../src/domain/voice/consent.ts";
import type { Voice } from "../../../src/domain/voice/voice.ts";
import { ManualClock } from "../manual-clock.ts";
import { MemoryDocuments } from "../memory-documents.ts";
import { recordingLogger } from "../recording-logger.ts";
import { RecordingOrchestrations } from "./recording-orchestrations.ts";

/** An hour after the fixtures were written. */
export const NOW = new Date("2026-11-22T13:00:00.000Z");

/** A voice as the timers find it at {@link NOW}. @param instance an orchestration that is known. */
export async function tendedVoice(
  voice: Voice,
  instance?: { readonly id: string; readonly state: OrchestrationState },
) {
  const voices = new MemoryDocuments<Voice>(VOICES);
  const consents = new MemoryDocuments<Consent>(CONSENTS);
  await voices.create(voice);
  const orchestrations = new RecordingOrchestrations();
  if (instance !== undefined) {
    orchestrations.statuses.set(instance.id, { state: instance.state, customStatus: null, output: null });
  }
  const ports = {
    voices,
    consents,
    orchestrations,
    clock: new ManualClock(NOW),
    logger: recordingLogger(),
    pollIntervalSeconds: 2,
  };
  const document = async () => voices.read(voice.partition, voice.id);
  const stored = async () => (await document())?.status;
  return { ports, orchestrations, stored, document };
}
