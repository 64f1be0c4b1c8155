import { ServiceError } from "../errors/service-error.ts";
import type { StoredRecording } from "./voice.ts";

/** The voice talent's recorded statement, without which no voice is made. */
export interface Consent {
  readonly id: string;
  /** The owner's id. */
  readonly partition: string;
  readonly voiceTalentName: string;
  readonly companyName: string;
  readonly locale: string;
  /** The sentence that the voice talent was asked to read aloud. */
  readonly statement: string;
  readonly status: ConsentStatus;
  readonly recording: StoredRecording;
  /** SHA-256 of the recording, hexadecimal: proof of what was said, also after the recording is gone. */
  readonly recordingSha256: string;
  /** From this moment on the consent no longer holds; null for one without an end. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** Null from the withdrawal until everything made with the consent is removed; absent before, and in old documents. */
  readonly removedAt?: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const CONSENT_STATUSES = ["recorded", "verified", "failed", "revoked"] as const;
export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

/**
 * A voice may be made and speak only while its consent holds.
 *
 * @throws {@link ServiceError} `consent-revoked`, `consent-expired`, `consent-mismatch`.
 */
export function assertConsentHolds(consent: Consent, at: Date): void {
  const details = { consentId: consent.id };
  if (consent.status === "revoked") {
    throw new ServiceError("consent-revoked", `The consent ${consent.id} has been withdrawn.`, { details });
  }
  if (consent.status === "failed") {
    throw new ServiceError(
      "consent-mismatch",
      `The recording of the consent ${consent.id} was not accepted.`,
      {
        details,
      },
    );
  }
  if (consent.expiresAt !== null && consent.expiresAt <= at.toISOString()) {
    throw new ServiceError("consent-expired", `The consent ${consent.id} ended at ${consent.expiresAt}.`, {
      details,
    });
  }
}

export function revoke(consent: Consent, at: Date): Consent {
  const now = at.toISOString();
  return consent.status === "revoked"
    ? consent
    : { ...consent, status: "revoked", revokedAt: now, removedAt: null, updatedAt: now };
}
