import { z } from "zod";
import {
  type SpeakRequest,
  TIMING_DETAILS,
  type TimingDetail,
} from "../../application/synthesis/speak-request.ts";
import { VOICE_USES } from "../../domain/voice/voice-use.ts";
import { isPitch, isVolume, rateFactor } from "../../domain/speech/ssml/ssml-values.ts";

/** A text of 100,000 characters, each escaped as JSON, fits; the use case counts characters. */
export const MAX_SPEAK_BODY_BYTES = 2 * 1024 * 1024;

const LOCALE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** Numbers are accepted where SSML writes plain numbers. */
function settingOf(isValid: (value: string) => boolean, hint: string) {
  return z
    .union([z.string(), z.number().transform(String)])
    .refine(isValid, { message: hint })
    .optional();
}

export const languageTag = z.string().max(35).regex(LOCALE, "is no language tag such as en-US");

export const lexiconNames = z
  .array(z.string().min(1).max(64))
  .max(20)
  .describe("Names of lexicons, the one to prefer first; [] for none");

export const speakFields = {
  text: z.string().min(1, "is empty: send the text to speak").optional(),
  ssml: z.string().min(1, "is empty: send an SSML document").optional(),
  voiceId: z.string().min(1).max(200).optional().describe("One of your voices"),
  voice: z.string().min(1).max(200).optional().describe("A voice of the catalog"),
  use: z
    .enum(VOICE_USES)
    .optional()
    .describe("What the audio is for; needed where the voice names its `permittedUses`"),
  locale: languageTag
    .optional()
    .describe("Language of the text; written as `<lang>`, which is billed, for voices of several languages"),
  style: z.string().min(1).max(100).optional(),
  styleDegree: z.number().min(0.01).max(2).optional(),
  role: z.string().min(1).max(100).optional(),
  instructions: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe("How to speak, in plain words; for `openai:` voices whose model takes them"),
  rate: settingOf(
    (value) => rateFactor(value) !== undefined,
    "must be a factor 0.5..2, a change -50%..+100%, or x-slow, slow, medium, fast, x-fast",
  ),
  pitch: settingOf(isPitch, "must be like +10%, -2st, 180Hz, or x-low, low, medium, high, x-high"),
  volume: settingOf(isVolume, "must be 0..100, a change such as +10%, or silent, x-soft .. x-loud"),
  format: z.string().min(1).max(100).optional(),
  sampleRateHz: z.number().int().positive().optional(),
  bitrateKbps: z.number().int().positive().optional(),
  timings: z.enum(TIMING_DETAILS).optional().describe("Default: word in JSON and events, none otherwise"),
  lexicon: lexiconNames.optional(),
  translate: z
    .strictObject({ from: languageTag.optional(), to: languageTag })
    .optional()
    .describe("Translate the text before it is spoken"),
  cache: z.enum(["use", "bypass"]).default("use"),
  store: z.boolean().default(true).describe("false: nothing is kept"),
  metadata: z
    .record(z.string().min(1).max(64), z.string().max(512))
    .refine((all) => Object.keys(all).length <= 20, { message: "has more than 20 entries" })
    .default({}),
  strict: z.boolean().default(false).describe("Refuse what the voice would not obey"),
};

export const speakBody = z
  .strictObject(speakFields)
  .refine((body) => (body.text === undefined) !== (body.ssml === undefined), {
    path: ["text"],
    message: "is needed, or ssml: send exactly one of them",
  })
  .refine((body) => body.voiceId === undefined || body.voice === undefined, {
    path: ["voice"],
    message: "excludes voiceId: send one of them",
  });

export type SpeakBody = z.output<typeof speakBody>;

/** @param defaultTimings for a client that does not say which timings it wants. */
export function speakRequestOf(body: SpeakBody, defaultTimings: TimingDetail): SpeakRequest {
  const { style, styleDegree, role, rate, pitch, volume } = body;
  const { format, sampleRateHz, bitrateKbps } = body;
  return {
    content:
      body.ssml === undefined ? { kind: "text", value: body.text ?? "" } : { kind: "ssml", value: body.ssml },
    voice: voiceReferenceOf(body),
    use: body.use,
    locale: body.locale,
    style: { style, styleDegree, role, rate, pitch, volume },
    instructions: body.instructions,
    format: { format, sampleRateHz, bitrateKbps },
    timings: body.timings ?? defaultTimings,
    strict: body.strict,
    lexicons: body.lexicon,
    translation: body.translate,
    cache: body.cache,
    store: body.store,
    metadata: body.metadata,
  };
}

function voiceReferenceOf({ voiceId, voice }: SpeakBody): SpeakRequest["voice"] {
  if (voiceId !== undefined) {
    return { kind: "own", voiceId };
  }
  return voice === undefined ? undefined : { kind: "catalog", voice };
}
