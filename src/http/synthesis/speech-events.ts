import { writtenText } from "../../application/synthesis/prepared-synthesis.ts";
import { billOf } from "../../application/synthesis/synthesis-bill.ts";
import type { SpokenStream, StreamEvent } from "../../application/synthesis/speak-stream.ts";
import { asServiceError } from "../problem.ts";
import { timedTextJson } from "./speech-json.ts";

interface ServerSentEvent {
  readonly event: string;
  readonly data: object;
}

const ENCODER = new TextEncoder();

/**
 * A synthesis as server-sent events: `start`, `warning`, `audio`, `word`, `viseme`, `bookmark`, and at the
 * end either `done` or
 * `error`.
 *
 * @param onFailure told why the stream ends with `error`.
 */
export async function* speechEvents(
  stream: SpokenStream,
  requestId: string,
  onFailure: (error: unknown) => void,
): AsyncGenerator<ServerSentEvent, void, void> {
  const { id, prepared, events } = stream;
  yield { event: "start", data: { id, contentType: prepared.format.contentType } };
  for (const warning of prepared.warnings) {
    yield { event: "warning", data: warning };
  }
  const written = writtenText(prepared);
  try {
    for await (const event of events) {
      if (isWanted(event, stream)) {
        yield serverSentEvent(event, stream, written);
      }
    }
  } catch (error) {
    onFailure(error);
    const { code, message, recovery, retryable } = asServiceError(error);
    yield { event: "error", data: { code, message, recovery, retryable, requestId } };
  }
}

/** Words are estimated where the client wants none, and left out. */
function isWanted(event: StreamEvent, { prepared }: SpokenStream): boolean {
  return event.kind !== "word" || prepared.request.timings !== "none";
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function eventBytes({ event, data }: ServerSentEvent): Uint8Array {
  return ENCODER.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function serverSentEvent(event: StreamEvent, stream: SpokenStream, written: string): ServerSentEvent {
  const { id, prepared } = stream;
  switch (event.kind) {
    case "audio":
      return { event: "audio", data: { audio: base64(event.bytes) } };
    case "word":
      return {
        event: "word",
        data: timedTextJson(event.word, written.slice(event.word.start, event.word.end)),
      };
    case "viseme":
      return { event: "viseme", data: event.viseme };
    case "bookmark":
      return { event: "bookmark", data: event.bookmark };
    case "warning":
      return { event: "warning", data: event.warning };
    case "done": {
      const { durationMs, timingSource } = event;
      const { charactersBilled, cost } = billOf(stream);
      const timings = prepared.request.timings === "none" ? undefined : timingSource;
      return {
        event: "done",
        data: {
          id,
          durationMs,
          characters: prepared.characters,
          charactersBilled,
          cost: cost ?? null,
          timings,
        },
      };
    }
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
