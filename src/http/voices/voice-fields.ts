import { z } from "zod";
import { lineOfText } from "../line-of-text.ts";
import { VOICE_USES } from "../../domain/voice/voice-use.ts";

/** Fields that several voice routes share. */
export const voiceName = lineOfText(100);

export const voiceLocale = z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/, "is no locale such as en-US");

export const voiceLabels = z
  .record(
    z
      .string()
      .min(1)
      .max(64)
      .regex(/^[^:]*$/, "may not hold a colon"),
    z.string().max(256),
  )
  .refine((all) => Object.keys(all).length <= 20, { message: "has more than 20 labels" });

export const voiceVisibility = z.enum(["private", "organization"]);

export const voiceDescription = z.string().max(1000);

export const voicePermittedUses = z
  .array(z.enum(VOICE_USES))
  .max(VOICE_USES.length)
  .describe("What the voice may be used for: every synthesis then names its `use`; [] restricts nothing");
