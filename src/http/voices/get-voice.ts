import type { GetVoice } from "../../application/voices/get-voice.ts";
import { quotedEtag } from "../if-match.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { voicePath } from "./voice-path.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

export function getVoiceRoute(getVoice: GetVoice): Route {
  return route(
    {
      operationId: "getVoice",
      method: "GET",
      path: "/api/v1/voices/{voiceId}",
      tag: "Voices",
      summary: "Read one voice",
      permission: "voices:read",
      pathSchema: voicePath,
      responses: { 200: { description: "The voice", content: { "application/json": voiceSchema } } },
    },
    async ({ path }, { principal }) => {
      const voice = await getVoice(principal, path.voiceId);
      return jsonResponse(200, voiceBody(voice), { etag: quotedEtag(voice.etag) });
    },
  );
}
