import { z } from "zod";
import type { Versioned } from "../../application/ports/documents.ts";
import { voiceFamilyOf, voiceFeaturesOf } from "../../domain/speech/voice-family.ts";
import { spokenLocales } from "../../domain/voice/spoken-locales.ts";
import { spokenVoiceName, type Voice } from "../../domain/voice/voice.ts";
import { VOICE_USES } from "../../domain/voice/voice-use.ts";
import { VOICE_STATUSES } from "../../domain/voice/voice-status.ts";

/** A voice as clients see it; Azure's ids stay inside. */
export const voiceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(["personal", "professional"]),
    locale: z.string(),
    status: z.enum(VOICE_STATUSES),
    progress: z.number().min(0).max(100),
    stages: z.array(z.object({ name: z.string(), startedAt: z.string(), endedAt: z.string().nullable() })),
    error: z
      .object({ code: z.string(), message: z.string(), recovery: z.array(z.string()) })
      .nullable()
      .describe("What went wrong last; of a voice that is `deleting`, why it is still there"),
    consentId: z.string(),
    samples: z.object({ count: z.number(), durationSeconds: z.number() }),
    capabilities: z.object({
      phonemes: z.boolean(),
      wordTimings: z.boolean(),
      visemes: z.boolean(),
      styles: z.array(z.string()),
      locales: z.array(z.string()).describe("Locales that it can speak, its own first"),
    }),
    defaults: z.record(z.string(), z.union([z.string(), z.number()])),
    labels: z.record(z.string(), z.string()),
    visibility: z.enum(["private", "organization"]),
    permittedUses: z.array(z.enum(VOICE_USES)).describe("Empty: not restricted"),
    createdAt: z.string(),
    updatedAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: "Voice" });

export function voiceBody(voice: Versioned<Voice>): z.input<typeof voiceSchema> {
  const features = voiceFeaturesOf(voiceFamilyOf(spokenVoiceName(voice)));
  return {
    id: voice.id,
    name: voice.name,
    description: voice.description,
    kind: voice.kind,
    locale: voice.locale,
    status: voice.status,
    progress: voice.progressPercent,
    stages: [...voice.stages],
    error: voice.error === null ? null : { ...voice.error, recovery: [...voice.error.recovery] },
    consentId: voice.consentId,
    samples: { count: voice.samples.count, durationSeconds: voice.samples.durationMs / 1000 },
    capabilities: {
      phonemes: features.phonemes,
      wordTimings: features.wordTimings,
      visemes: features.visemes,
      styles: [...(voice.professional?.presetStyles ?? [])],
      locales: [...spokenLocales(voice)],
    },
    defaults: { ...voice.defaults },
    labels: { ...voice.labels },
    visibility: voice.visibility,
    permittedUses: [...(voice.permittedUses ?? [])],
    createdAt: voice.createdAt,
    updatedAt: voice.updatedAt,
    etag: voice.etag,
  };
}
