import type { FaultRegistry } from "../../faults/fault-registry.ts";
import type { HostClock } from "../../host/clock.ts";
import type { LongRunningWork } from "../../stand-in/resource-api/long-running-work.ts";
import type { ResourceStore } from "../../stand-in/resource-api/store.ts";
import type { Speaker } from "../speech-state.ts";
import type { Collections } from "./collections.ts";

/** Measures a person's voice in WAV or MP3 files. @throws {@link UnreadableRecordingError} when there is none. */
export type Enroll = (recordings: readonly Uint8Array[]) => Promise<Speaker>;

/** How long the stand-in takes for what takes Azure seconds to days. */
export interface Durations {
  readonly consentMs: number;
  readonly personalVoiceMs: number;
  readonly uploadMs: number;
  readonly modelMs: number;
  readonly endpointMs: number;
  readonly suspendMs: number;
  readonly resumeMs: number;
}

/** What the operations of one speech resource share. */
export interface CustomVoiceContext {
  readonly store: ResourceStore;
  readonly collections: Collections;
  readonly work: LongRunningWork;
  readonly clock: HostClock;
  readonly faults: FaultRegistry;
  readonly durations: Durations;
  readonly enroll: Enroll;
}

/** Name of this stand-in in faults and counts. */
export const CUSTOM_VOICE = "custom-voice";

export function timestamp({ clock }: CustomVoiceContext): string {
  return new Date(clock.now()).toISOString();
}
