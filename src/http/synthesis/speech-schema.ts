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

export const warningSchema = z.object({ code: z.string(), message: z.string() });

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
      })
      .nullable(),
    captions: z.object({ srt: z.string(), vtt: z.string() }),
    warnings: z.array(warningSchema),
  })
  .meta({ id: "Speech" });
