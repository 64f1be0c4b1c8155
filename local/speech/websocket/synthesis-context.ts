import { z } from "zod";

/** The client library writes some flags as text. */
const flag = z
  .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")])
  .default(false);

const metadataOptionsSchema = z.looseObject({
  bookmarkEnabled: flag,
  punctuationBoundaryEnabled: flag,
  sentenceBoundaryEnabled: flag,
  sessionEndEnabled: flag,
  visemeEnabled: flag,
  wordBoundaryEnabled: flag,
});

export type MetadataOptions = z.output<typeof metadataOptionsSchema>;

const synthesisContextSchema = z.looseObject({
  synthesis: z.looseObject({
    audio: z.looseObject({
      metadataOptions: metadataOptionsSchema.default(metadataOptionsSchema.parse({})),
      outputFormat: z.string(),
    }),
    /** Of text streaming only. */
    input: z.unknown().optional(),
  }),
});

export interface SynthesisContext {
  readonly metadataOptions: MetadataOptions;
  readonly outputFormat: string;
  readonly isTextStream: boolean;
}

/** @returns undefined for what is no `synthesis.context`. */
export function parseSynthesisContext(body: string): SynthesisContext | undefined {
  const parsed = synthesisContextSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    return undefined;
  }
  const { audio, input } = parsed.data.synthesis;
  return { ...audio, isTextStream: input !== undefined };
}

export function isJsonObject(body: string): boolean {
  const value = parseJson(body);
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
