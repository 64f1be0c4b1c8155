import { z } from "zod";
import type { Versioned } from "../../application/ports/documents.ts";
import { CONSENT_STATUSES, type Consent } from "../../domain/voice/consent.ts";

/** A consent as clients see it. */
export const consentSchema = z
  .object({
    id: z.string(),
    voiceTalentName: z.string(),
    companyName: z.string(),
    locale: z.string(),
    statement: z.string(),
    status: z.enum(CONSENT_STATUSES),
    recording: z.object({ fileName: z.string(), durationMs: z.number(), sha256: z.string() }),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: "Consent" });

export function consentBody(consent: Versioned<Consent>): z.input<typeof consentSchema> {
  const { recording, recordingSha256, partition: _owner, ...fields } = consent;
  const { fileName, durationMs } = recording;
  return { ...fields, recording: { fileName, durationMs, sha256: recordingSha256 } };
}

export const consentPath = z.object({ consentId: z.string().min(1).max(128) });
