import { z } from "zod";
import type { SynthesisRecord } from "../../application/history/synthesis-record.ts";
import { VOICE_USES } from "../../domain/voice/voice-use.ts";
import { costSchema } from "../synthesis/speech-schema.ts";

/** One entry of the history. */
export const synthesisSchema = z
  .object({
    id: z.string(),
    voiceId: z.string(),
    use: z.enum(VOICE_USES).nullable().describe("What the request said that it is for"),
    locale: z.string(),
    format: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
    durationMs: z.int(),
    characters: z.int(),
    charactersBilled: z.int(),
    cost: costSchema.nullable(),
    preview: z.string(),
    cache: z.enum(["hit", "miss", "bypass"]),
    timingSource: z.enum(["engine", "estimated"]),
    translatedTo: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Synthesis" });

export const synthesisPath = z.object({
  synthesisId: z.string().regex(/^syn_\w+$/, "is no id of a synthesis"),
});

export function synthesisJson(record: SynthesisRecord): z.output<typeof synthesisSchema> {
  return {
    id: record.id,
    voiceId: record.voiceId,
    use: record.use ?? null,
    locale: record.locale,
    format: record.format,
    contentType: record.contentType,
    sizeBytes: record.sizeBytes,
    durationMs: record.durationMs,
    characters: record.characters,
    charactersBilled: record.charactersBilled,
    cost: record.cost,
    preview: record.preview,
    cache: record.cache,
    timingSource: record.timingSource,
    translatedTo: record.translatedTo,
    metadata: record.metadata,
    createdAt: record.createdAt,
  };
}
