import { z } from "zod";
import type { AudioFile } from "../../application/ports/custom-voice.ts";
import type { TrainVoice } from "../../application/voices/train-voice.ts";
import { jsonField, oneOrMany } from "../form-fields.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

/** Azure takes 30 MB for all samples of a personal voice; the rest is the consent recording and the fields. */
const MAX_BODY_BYTES = 40 * 1024 * 1024;

/** First look at a new voice is worth while after this time. */
const RETRY_AFTER_SECONDS = 2;

const name = z.string().trim().min(1).max(100);
const locale = z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/, "is no locale such as en-US");
const labels = z
  .record(z.string().min(1).max(64), z.string().max(256))
  .refine((all) => Object.keys(all).length <= 20, {
    message: "has more than 20 labels",
  });

const bodySchema = z.object({
  name,
  kind: z.literal("personal", { error: "must be personal" }),
  locale,
  description: z.string().max(1000).default(""),
  baseModel: z
    .string()
    .regex(/^(Dragon|Phoenix)[A-Za-z0-9.]*Neural$/, "is no base model for personal voices")
    .default("DragonLatestNeural"),
  labels: jsonField(labels).default({}),
  visibility: z.enum(["private", "organization"]).default("private"),
  consent: z.file({ error: "must be an audio file" }),
  voiceTalentName: name,
  companyName: name,
  samples: oneOrMany(z.file({ error: "must be an audio file" }), { min: 1, max: 50 }),
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
      body: { schema: bodySchema, mediaTypes: ["multipart/form-data"], maxBytes: MAX_BODY_BYTES },
      responses: {
        202: { description: "The voice is being made", content: { "application/json": voiceSchema } },
      },
    },
    async ({ body }, { principal }) => {
      const { consent, samples, ...fields } = body;
      const voice = await trainVoice(
        { ...fields, consent: await audioFile(consent), samples: await Promise.all(samples.map(audioFile)) },
        principal,
      );
      return jsonResponse(202, voiceBody(voice), {
        location: `/api/v1/voices/${voice.id}`,
        "retry-after": String(RETRY_AFTER_SECONDS),
        etag: voice.etag,
      });
    },
  );
}

async function audioFile(file: File): Promise<AudioFile> {
  return {
    fileName: file.name,
    contentType: file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  };
}
