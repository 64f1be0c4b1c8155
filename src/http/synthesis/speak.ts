import { z } from "zod";
import type { Speak, SpokenAudio } from "../../application/synthesis/speak.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { MAX_SPEAK_BODY_BYTES, speakBody, speakRequestOf } from "./speak-body.ts";
import { speechHeaders } from "./speech-headers.ts";
import { speechJson } from "./speech-json.ts";
import { speechSchema } from "./speech-schema.ts";
import { wantedMediaType } from "./wanted-media-type.ts";

/** POST /api/v1/synthesis/speak */
export function speakRoute(speak: Speak): Route {
  return route(
    {
      operationId: "speak",
      method: "POST",
      path: "/api/v1/synthesis/speak",
      tag: "Synthesis",
      summary: "Speak a text and answer the whole audio",
      permission: "synthesis:run",
      limitClass: "synthesis",
      body: { schema: speakBody, mediaTypes: ["application/json"], maxBytes: MAX_SPEAK_BODY_BYTES },
      responses: {
        200: {
          description:
            "The audio; as JSON with timings and captions when the client accepts application/json",
          content: { "audio/mpeg": z.string(), "application/json": speechSchema },
          headers: {
            "X-Synthesis-Id": "Id in the history",
            "X-Audio-Duration-Ms": "Exact length of the audio",
            "X-Characters-Billed": "Characters that Azure bills",
            "X-Warnings": "Codes of warnings, separated by commas",
          },
        },
      },
    },
    async ({ body }, { principal, signal, request }) => {
      const answer = wantedMediaType(request, ["application/json"], "audio");
      const timings = answer === "audio" ? "none" : "word";
      const spoken = await speak(principal, speakRequestOf(body, timings), signal);
      return answer === "audio" ? audioResponse(spoken) : jsonAnswer(spoken);
    },
  );
}

function jsonAnswer(spoken: SpokenAudio): Response {
  return jsonResponse(200, speechJson(spoken), speechHeaders(spoken));
}

function audioResponse(spoken: SpokenAudio): Response {
  return new Response(spoken.audio, {
    headers: {
      ...speechHeaders(spoken),
      "content-type": spoken.prepared.format.contentType,
      "content-length": String(spoken.audio.length),
      "x-audio-duration-ms": String(spoken.durationMs),
    },
  });
}
