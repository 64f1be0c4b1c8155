import { z } from "zod";
import type { UpdateVoice } from "../../application/voices/update-voice.ts";
import { ifMatchOf, quotedEtag } from "../if-match.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { speakFields } from "../synthesis/speak-body.ts";
import {
  voiceDescription,
  voiceLabels,
  voiceName,
  voicePermittedUses,
  voiceVisibility,
} from "./voice-fields.ts";
import { voicePath } from "./voice-path.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

const MAX_BODY_BYTES = 64 * 1024;

const setting = z.string().min(1).max(50);

const bodySchema = z
  .strictObject({
    name: voiceName,
    description: voiceDescription,
    labels: voiceLabels,
    visibility: voiceVisibility,
    permittedUses: voicePermittedUses,
    defaults: z
      .strictObject({
        rate: speakFields.rate,
        pitch: speakFields.pitch,
        volume: speakFields.volume,
        style: setting,
        styleDegree: z.number().min(0.01).max(2),
      })
      .partial(),
  })
  .partial();

export function updateVoiceRoute(updateVoice: UpdateVoice): Route {
  return route(
    {
      operationId: "updateVoice",
      method: "PUT",
      path: "/api/v1/voices/{voiceId}",
      tag: "Voices",
      summary: "Change a voice's name, description, labels, visibility, permitted uses or default settings",
      permission: "voices:write",
      pathSchema: voicePath,
      body: { schema: bodySchema, mediaTypes: ["application/json"], maxBytes: MAX_BODY_BYTES },
      responses: { 200: { description: "The voice", content: { "application/json": voiceSchema } } },
    },
    async ({ path, body }, { principal, request }) => {
      const { defaults, ...changes } = body;
      const voice = await updateVoice(principal, {
        voiceId: path.voiceId,
        changes: { ...changes, ...(defaults !== undefined && { defaults: present(defaults) }) },
        ifMatch: ifMatchOf(request),
      });
      return jsonResponse(200, voiceBody(voice), { etag: quotedEtag(voice.etag) });
    },
  );
}

/** Without the settings that are left out. */
function present<T extends object>(settings: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(settings));
}
