import { type ConsentCollection, CONSENTS } from "../application/consents/consent-collection.ts";
import { FollowedVoices } from "../application/voices/followed-voices.ts";
import {
  SHARED_VOICES,
  type SharedVoice,
  type SharedVoiceCollection,
} from "../application/voices/shared-voice.ts";
import { SharedVoices } from "../application/voices/shared-voices.ts";
import { type VoiceCollection, VOICES } from "../application/voices/voice-ref.ts";
import type { Consent } from "../domain/voice/consent.ts";
import type { Voice } from "../domain/voice/voice.ts";
import type { Foundation } from "./foundation.ts";

export interface VoiceStores {
  readonly consents: ConsentCollection;
  readonly voices: VoiceCollection;
  readonly references: SharedVoiceCollection;
  readonly shared: SharedVoices;
}

export function voiceStoresOf(foundation: Foundation): VoiceStores {
  const stored = foundation.audited<Voice>(VOICES);
  const references = foundation.database.collection<SharedVoice>(SHARED_VOICES);
  const shared = new SharedVoices({ voices: stored, references });
  const voices = new FollowedVoices({ voices: stored, shared, logger: foundation.logger });
  return { consents: foundation.audited<Consent>(CONSENTS), voices, references, shared };
}
