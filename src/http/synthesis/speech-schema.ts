import { z } from "zod";

const place = {
  text: z.string(),
  offset: z.int().describe("UTF-16 code units from the start of the text or SSML as sent"),
  length: z.int(),
  startMs: z.int(),
  endMs: z.int(),
};

export const timedTextSchema = z.object(place);

export const visemeSchema = z.object({ visemeId: z.int(), startMs: z.int() });

export const bookmarkSchema = z.object({
  mark: z.string().describe("Of the <bookmark> in the SSML"),
  timeMs: z.int(),
});

export const warningSchema = z.object({
  code: z.string(),
  message: z.string(),
  field: z.string().optional().describe("Of the request; left out for what stands in the text or SSML"),
});

export const costSchema = z.object({
  amount: z.number(),
  currency: z.string(),
  priceDate: z.string().describe("Date of the prices behind the estimate"),
});

export const pronunciationSchema = z.object({
  entryId: z.string(),
  grapheme: z.string(),
  replacement: z.string(),
  count: z.int(),
  applied: z.boolean(),
  reason: z.string().optional(),
});

/** The answer of `speak` as JSON. */
export const speechSchema = z
  .object({
    id: z.string(),
    audio: z.base64(),
    contentType: z.string(),
    durationMs: z.int(),
    characters: z.int(),
    charactersBilled: z.int(),
    timings: z
      .object({
        source: z.enum(["engine", "estimated"]),
        words: z.array(timedTextSchema),
        sentences: z.array(timedTextSchema),
        visemes: z.array(visemeSchema),
        bookmarks: z.array(bookmarkSchema),
      })
      .nullable(),
    captions: z.object({ srt: z.string(), vtt: z.string() }),
    cost: costSchema.nullable(),
    translation: z.object({ from: z.string(), to: z.string(), text: z.string() }).nullable(),
    pronunciations: z.array(pronunciationSchema),
    warnings: z.array(warningSchema),
    cache: z.enum(["hit", "miss", "bypass"]),
  })
  .meta({ id: "Speech" });

/** The answer of `speak?dryRun=true`. */
export const dryRunSchema = z
  .object({
    characters: z.int(),
    charactersBilled: z.int(),
    cost: costSchema.nullable(),
    chunks: z.int().describe("Upstream calls that the text would take"),
    voiceId: z.string(),
    locale: z.string(),
    format: z.string(),
    translation: z.object({ from: z.string(), to: z.string(), text: z.string() }).nullable(),
    pronunciations: z.array(pronunciationSchema),
    warnings: z.array(warningSchema),
  })
  .meta({ id: "SpeechPlan" });
