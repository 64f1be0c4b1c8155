import type { ReadSynthesisAudio } from "../../application/history/read-synthesis-audio.ts";
import { type Route, route } from "../route.ts";
import { StreamedResponse } from "../stream-ending.ts";
import { AUDIO_CONTENT } from "../synthesis/audio-content.ts";
import { synthesisPath } from "./synthesis-schema.ts";

/** GET /api/v1/synthesis/history/{synthesisId}/audio */
export function getSynthesisAudioRoute(readAudio: ReadSynthesisAudio): Route {
  return route(
    {
      operationId: "getSynthesisAudio",
      method: "GET",
      path: "/api/v1/synthesis/history/{synthesisId}/audio",
      tag: "History",
      summary: "Read the audio of a synthesis again",
      permission: "synthesis:read",
      pathSchema: synthesisPath,
      responses: { 200: { description: "The audio", content: AUDIO_CONTENT } },
    },
    async ({ path }, { principal, signal }) => {
      const { record, body, sizeBytes } = await readAudio(principal, path.synthesisId, signal);
      return new StreamedResponse(body, {
        "content-type": record.contentType,
        "content-length": String(sizeBytes),
        "content-disposition": `attachment; filename="${record.id}.${record.extension}"`,
        "cache-control": "private, no-store",
        "x-synthesis-id": record.id,
        "x-audio-duration-ms": String(record.durationMs),
      });
    },
  );
}
