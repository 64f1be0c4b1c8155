import type { StoredRecording } from "./voice.ts";

/** The voice talent's recorded statement, without which no voice is made. */
export interface Consent {
  readonly id: string;
  /** The owner's id. */
  readonly partition: string;
  readonly voiceTalentName: string;
  readonly companyName: string;
  readonly locale: string;
  readonly status: "recorded" | "verified" | "failed" | "revoked";
  readonly recording: StoredRecording;
  /** SHA-256 of the recording, hexadecimal: proof of what was said. */
  readonly recordingSha256: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
