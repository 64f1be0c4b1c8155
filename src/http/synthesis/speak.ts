import { z } from "zod";
import type { PrepareSynthesis } from "../../application/synthesis/prepare-synthesis.ts";
import type { PreparedSynthesis } from "../../application/synthesis/prepared-synthesis.ts";
import type { Speak, SpokenAudio } from "../../application/synthesis/speak.ts";
import { jsonResponse } from "../responses.ts";
import { type Route, route } from "../route.ts";
import { StreamedResponse } from "../stream-ending.ts";
import { AUDIO_CONTENT } from "./audio-content.ts";
import { MAX_SPEAK_BODY_BYTES, speakBody, speakRequestOf } from "./speak-body.ts";
import { speechHeaders } from "./speech-headers.ts";
import { speechJson } from "./speech-json.ts";
import { dryRunSchema, speechSchema } from "./speech-schema.ts";
import { wantedMediaType } from "./wanted-media-type.ts";

const querySchema = z.object({
  dryRun: z
    .stringbool({ truthy: ["true", "1", ""], falsy: ["false", "0"] })
    .default(false)
    .describe("Tell characters, cost, chunks, warnings and pronunciations without speaking"),
});

const ANSWER = {
  description: "The audio; as JSON with timings and captions when the client accepts application/json",
  content: { ...AUDIO_CONTENT, "application/json": z.union([speechSchema, dryRunSchema]) },
  headers: {
    "X-Synthesis-Id": "Id in the history",
    "X-Audio-Duration-Ms": "Exact length of the audio",
    "X-Characters-Billed": "Characters that Azure bills",
    "X-Cache": "hit, miss or bypass",
    "X-Warnings": "Codes of warnings, separated by commas",
    "Server-Timing": "Time spent synthesizing",
  },
};

/** POST /api/v1/synthesis/speak */
export function speakRoute(speak: Speak, prepare: PrepareSynthesis): Route {
  return route(
    {
      operationId: "speak",
      method: "POST",
      path: "/api/v1/synthesis/speak",
      tag: "Synthesis",
      summary: "Speak a text and answer the whole audio",
      permission: "synthesis:run",
      limitClass: "synthesis",
      querySchema,
      body: { schema: speakBody, mediaTypes: ["application/json"], maxBytes: MAX_SPEAK_BODY_BYTES },
      responses: { 200: ANSWER },
    },
    async ({ body, query }, { principal, signal, request }) => {
      const answer = wantedMediaType(request, ["application/json"], "audio");
      const speakRequest = speakRequestOf(body, answer === "audio" ? "none" : "word");
      if (query.dryRun) {
        return jsonResponse(200, planJson(await prepare(principal, speakRequest, signal)));
      }
      const startedMs = performance.now();
      const spoken = await speak(principal, speakRequest, signal);
      const headers = {
        ...speechHeaders(spoken),
        "x-audio-duration-ms": String(spoken.durationMs),
        "server-timing": `synthesis;dur=${(performance.now() - startedMs).toFixed(1)}`,
      };
      return answer === "audio"
        ? audioResponse(spoken, headers)
        : jsonResponse(200, speechJson(spoken, await spoken.kept), headers);
    },
  );
}

/** The audio leaves at once; the answer ends when the history holds it. */
function audioResponse(spoken: SpokenAudio, headers: Readonly<Record<string, string>>): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(spoken.audio);
      await spoken.kept;
      controller.close();
    },
  });
  return new StreamedResponse(body, { ...headers, "content-type": spoken.prepared.format.contentType });
}

function planJson(prepared: PreparedSynthesis) {
  return {
    characters: prepared.characters,
    charactersBilled: prepared.billedCharacters,
    cost: prepared.cost ?? null,
    chunks: prepared.parts.length,
    voiceId: prepared.voice.voiceId,
    locale: prepared.locale,
    format: prepared.format.azureName,
    translation: prepared.translation ?? null,
    pronunciations: prepared.pronunciations,
    warnings: prepared.warnings,
  };
}
