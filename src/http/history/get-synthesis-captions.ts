import { z } from "zod";
import type { ReadCaptions } from "../../application/history/read-captions.ts";
import { CAPTION_CONTENT_TYPES, CAPTION_FORMATS } from "../../domain/speech/captions/write-captions.ts";
import { type Route, route } from "../route.ts";
import { synthesisPath } from "./synthesis-schema.ts";

const querySchema = z.object({ format: z.enum(CAPTION_FORMATS).default("srt") });

/** GET /api/v1/synthesis/history/{synthesisId}/captions */
export function getSynthesisCaptionsRoute(readCaptions: ReadCaptions): Route {
  return route(
    {
      operationId: "getSynthesisCaptions",
      method: "GET",
      path: "/api/v1/synthesis/history/{synthesisId}/captions",
      tag: "History",
      summary: "Read the captions of a synthesis as SRT or WebVTT",
      permission: "synthesis:read",
      pathSchema: synthesisPath,
      querySchema,
      responses: {
        200: {
          description: "The captions",
          content: { "application/x-subrip": z.string(), "text/vtt": z.string() },
        },
      },
    },
    async ({ path, query }, { principal, signal }) => {
      const captions = await readCaptions(principal, { id: path.synthesisId, format: query.format }, signal);
      return new Response(captions, {
        headers: {
          "content-type": CAPTION_CONTENT_TYPES[query.format],
          "cache-control": "private, no-store",
        },
      });
    },
  );
}
