import type { DeleteVoice } from "../../application/voices/delete-voice.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { voicePath } from "./voice-path.ts";
import { voiceBody, voiceSchema } from "./voice-schema.ts";

export function deleteVoiceRoute(deleteVoice: DeleteVoice): Route {
  return route(
    {
      operationId: "deleteVoice",
      method: "DELETE",
      path: "/api/v1/voices/{voiceId}",
      tag: "Voices",
      summary: "Delete a voice and all that it consists of",
      permission: "voices:write",
      pathSchema: voicePath,
      responses: {
        202: { description: "The voice is being removed", content: { "application/json": voiceSchema } },
      },
    },
    async ({ path }, { principal }) => {
      const voice = await deleteVoice(principal, path.voiceId);
      return jsonResponse(202, voiceBody(voice), { location: `/api/v1/voices/${voice.id}` });
    },
  );
}
