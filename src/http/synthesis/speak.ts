import { z } from "zod";
import type { Speak, SpokenAudio } from "../../application/synthesis/speak.ts";
import { type Route, route } from "../route.ts";
import { MAX_SPEAK_BODY_BYTES, speakBody, speakRequestOf } from "./speak-body.ts";

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
      responses: { 200: { description: "The audio", content: { "audio/mpeg": z.string() } } },
    },
    async ({ body }, { principal, signal }) => {
      const spoken = await speak(principal, speakRequestOf(body), signal);
      return new Response(spoken.audio, { headers: audioHeaders(spoken) });
    },
  );
}

function audioHeaders({ id, prepared, audio, durationMs }: SpokenAudio): Record<string, string> {
  return {
    "content-type": prepared.format.contentType,
    "content-length": String(audio.length),
    "cache-control": "no-store",
    "x-synthesis-id": id,
    "x-audio-duration-ms": String(durationMs),
    "x-characters-billed": String(prepared.billedCharacters),
  };
}
