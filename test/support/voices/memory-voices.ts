import { FollowedVoices } from "../../../src/application/voices/followed-voices.ts";
import { makeReconcileSharedVoices } from "../../../src/application/voices/reconcile-shared-voices.ts";
import { SHARED_VOICES, type SharedVoice } from "../../../src/application/voices/shared-voice.ts";
import { SharedVoices } from "../../../src/application/voices/shared-voices.ts";
import { VOICES } from "../../../src/application/voices/voice-ref.ts";
import type { Voice } from "../../../src/domain/voice/voice.ts";
import { MemoryDocuments } from "../memory-documents.ts";
import { recordingLogger } from "../recording-logger.ts";

/** The stores of voices as the app has them, in memory; `stored` is what stands behind them. */
export async function memoryVoices(...all: readonly Voice[]) {
  const stored = new MemoryDocuments<Voice>(VOICES);
  const references = new MemoryDocuments<SharedVoice>(SHARED_VOICES);
  const logger = recordingLogger();
  const shared = new SharedVoices({ voices: stored, references });
  const voices = new FollowedVoices({ voices: stored, shared, logger });
  for (const voice of all) {
    await voices.create(voice);
  }
  const reconcile = makeReconcileSharedVoices({ voices, references, shared, logger });
  return { voices, shared, stored, references, logger, reconcile };
}
