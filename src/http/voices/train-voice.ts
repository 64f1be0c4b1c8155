import { z } from "zod";
import type { TrainVoice, TrainVoiceRequest } from "../../application/voices/train-voice.ts";
import { RECIPES } from "../../domain/voice/recipe.ts";
import { VOICE_KINDS } from "../../domain/voice/voice.ts";
import { audioFile, jsonField } from "../form-fields.ts";
import { quotedEtag } from "../if-match.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { sampleFields, sampleSource } from "./sample-fields.ts";
import {
  voiceDescription,
  voiceLabels,
  voiceLocale,
  voiceName,
  voicePermittedUses,
  voiceVisibility,
} from "./voice-fields.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

/** Azure takes 30 MB for all samples of a personal voice; the rest is the consent recording and the fields. */
const MAX_BODY_BYTES = 40 * 1024 * 1024;

/** First look at a new voice is worth while after this time. */
const RETRY_AFTER_SECONDS = 2;

/** Either a new recording with both names, or the id of a consent that is there already. */
const consentFields = {
  consent: z.file({ error: "must be an audio file" }).optional(),
  voiceTalentName: voiceName.optional(),
  companyName: voiceName.optional(),
  consentId: z.string().min(1).max(64).optional(),
};

const fieldsSchema = z.strictObject({
  name: voiceName,
  kind: z.enum(VOICE_KINDS),
  locale: voiceLocale,
  description: voiceDescription.default(""),
  baseModel: z
    .string()
    .regex(/^(Dragon|Phoenix)[A-Za-z0-9.]*Neural$/, "is no base model for personal voices")
    .default("DragonLatestNeural"),
  recipe: z.enum(RECIPES).default("Default"),
  presetStyles: jsonField(z.array(z.string().min(1).max(50)).max(20)).default([]),
  endpointKind: z.enum(["HighPerformance", "FastResume"]).default("HighPerformance"),
  labels: jsonField(voiceLabels).default({}),
  visibility: voiceVisibility.default("private"),
  permittedUses: jsonField(voicePermittedUses).default([]),
  ...consentFields,
  ...sampleFields,
});

const bodySchema = fieldsSchema.superRefine((fields, context) => {
  const missing = (["consent", "voiceTalentName", "companyName"] as const).filter(
    (key) => fields[key] === undefined,
  );
  if (fields.consentId === undefined) {
    for (const key of missing) {
      context.addIssue({ code: "custom", path: [key], message: "is needed, or consentId instead" });
    }
  } else if (missing.length < 3) {
    context.addIssue({
      code: "custom",
      path: ["consentId"],
      message: "cannot be combined with a new consent",
    });
  }
  if (fields.recipe === "MultiStyle" && fields.presetStyles.length === 0) {
    context.addIssue({
      code: "custom",
      path: ["presetStyles"],
      message: "is needed for the recipe MultiStyle",
    });
  }
});

export function trainVoiceRoute(trainVoice: TrainVoice): Route {
  return route(
    {
      operationId: "trainVoice",
      method: "POST",
      path: "/api/v1/voices/train",
      tag: "Voices",
      summary: "Clone a voice from a consent recording and samples",
      permission: "voices:train",
      limitClass: "training",
      idempotent: true,
      body: {
        schema: bodySchema,
        mediaTypes: ["multipart/form-data", "application/json"],
        maxBytes: MAX_BODY_BYTES,
      },
      responses: {
        202: { description: "The voice is being made", content: { "application/json": voiceSchema } },
      },
    },
    async ({ body }, { principal }) => {
      const voice = await trainVoice(await trainingRequest(body), principal);
      return jsonResponse(202, voiceBody(voice), {
        location: `/api/v1/voices/${voice.id}`,
        "retry-after": String(RETRY_AFTER_SECONDS),
        etag: quotedEtag(voice.etag),
      });
    },
  );
}

async function trainingRequest(body: z.output<typeof bodySchema>): Promise<TrainVoiceRequest> {
  const { consent, voiceTalentName, companyName, consentId, samples, transcripts, uploadId, ...fields } =
    body;
  return {
    ...fields,
    consent:
      consent === undefined
        ? { kind: "existing", consentId: consentId ?? "" }
        : {
            kind: "new",
            recording: await audioFile(consent),
            voiceTalentName: voiceTalentName ?? "",
            companyName: companyName ?? "",
            expiresAt: null,
          },
    samples: await sampleSource({ samples, transcripts, uploadId }, audioFile),
  };
}
