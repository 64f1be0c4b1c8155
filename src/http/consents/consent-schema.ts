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
    removedAt: z
      .string()
      .nullable()
      .describe(
        "When everything made with a withdrawn consent had been removed, its recording too; null until then",
      ),
    createdAt: z.string(),
    updatedAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: "Consent" });

export function consentBody(consent: Versioned<Consent>): z.input<typeof consentSchema> {
  const { recording, recordingSha256, removedAt = null, partition: _owner, ...fields } = consent;
  const { fileName, durationMs } = recording;
  return { ...fields, removedAt, recording: { fileName, durationMs, sha256: recordingSha256 } };
}

export const consentPath = z.object({ consentId: z.string().min(1).max(128) });
