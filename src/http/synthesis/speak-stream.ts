import { z } from "zod";
import type { SynthesisEvent } from "../../application/synthesis/run-synthesis.ts";
import type { SpeakStream } from "../../application/synthesis/speak.ts";
import { type Route, route } from "../route.ts";
import { MAX_SPEAK_BODY_BYTES, speakBody, speakRequestOf } from "./speak-body.ts";
import { streamOf } from "./event-stream.ts";

/** POST /api/v1/synthesis/speak/stream */
export function speakStreamRoute(speakStream: SpeakStream): Route {
  return route(
    {
      operationId: "speakStream",
      method: "POST",
      path: "/api/v1/synthesis/speak/stream",
      tag: "Synthesis",
      summary: "Speak a text and answer the audio while it is being made",
      permission: "synthesis:run",
      limitClass: "synthesis",
      body: { schema: speakBody, mediaTypes: ["application/json"], maxBytes: MAX_SPEAK_BODY_BYTES },
      responses: { 200: { description: "The audio, in chunks", content: { "audio/mpeg": z.string() } } },
    },
    async ({ body }, { principal, signal }) => {
      const hangUp = new AbortController();
      const ended = AbortSignal.any([signal, hangUp.signal]);
      const { id, prepared, events } = await speakStream(principal, speakRequestOf(body), ended);
      return new Response(streamOf(events, audioBytes, hangUp), {
        headers: {
          "content-type": prepared.format.contentType,
          "cache-control": "no-store",
          "x-synthesis-id": id,
          "x-characters-billed": String(prepared.billedCharacters),
        },
      });
    },
  );
}

function audioBytes(event: SynthesisEvent): Uint8Array | undefined {
  return event.kind === "audio" ? event.bytes : undefined;
}
