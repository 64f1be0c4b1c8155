import { z } from "zod";
import type { SpeakStream, SpokenStream, StreamEvent } from "../../application/synthesis/speak-stream.ts";
import type { Call } from "../call.ts";
import { type Route, route } from "../route.ts";
import { StreamedResponse } from "../stream-ending.ts";
import { AUDIO_CONTENT } from "./audio-content.ts";
import { type Listening, streamOf } from "./event-stream.ts";
import { MAX_SPEAK_BODY_BYTES, speakBody, speakRequestOf } from "./speak-body.ts";
import { eventBytes, speechEvents } from "./speech-events.ts";
import { speechHeaders } from "./speech-headers.ts";
import { wantedMediaType } from "./wanted-media-type.ts";

const EVENTS = "text/event-stream";

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
      responses: {
        200: {
          description:
            "The audio in chunks; as server-sent events (start, warning, audio, word, viseme, bookmark, done, error) when " +
            "the client accepts text/event-stream",
          content: { ...AUDIO_CONTENT, [EVENTS]: z.string() },
        },
      },
    },
    async ({ body }, call) => {
      const isEvents = wantedMediaType(call.request, [EVENTS], "audio") === EVENTS;
      const hangUp = new AbortController();
      const ended = AbortSignal.any([call.signal, hangUp.signal]);
      const request = speakRequestOf(body, isEvents ? "word" : "none");
      const stream = await speakStream(call.principal, request, ended);
      const listening = { hangUp, signal: ended };
      return isEvents ? eventResponse(stream, call, listening) : audioResponse(stream, listening);
    },
  );
}

function eventResponse(
  stream: SpokenStream,
  { requestId, onStreamFailure }: Call,
  listening: Listening,
): Response {
  const events = speechEvents(stream, requestId, (error) => onStreamFailure?.(error));
  return new StreamedResponse(streamOf(events, eventBytes, listening), {
    ...speechHeaders(stream),
    "content-type": EVENTS,
    "cache-control": "no-store",
  });
}

function audioResponse(stream: SpokenStream, listening: Listening): Response {
  return new StreamedResponse(streamOf(stream.events, audioBytes, listening), {
    ...speechHeaders(stream),
    "content-type": stream.prepared.format.contentType,
  });
}

function audioBytes(event: StreamEvent): Uint8Array | undefined {
  return event.kind === "audio" ? event.bytes : undefined;
}
