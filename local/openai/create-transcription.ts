import { readBody } from "../stand-in/read-body.ts";
import { parseForm } from "../stand-in/read-form.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";
import type { OpenAiCall, OpenAiOptions } from "./openai-handler.ts";
import { invalidRequest } from "./openai-refusal.ts";
import { srt, verboseJson, vtt } from "./transcript-formats.ts";
import type { Transcript } from "./transcript-formats.ts";
import { parseTranscriptionRequest } from "./transcription-request.ts";
import type { TranscriptionRequest } from "./transcription-request.ts";

/** The file and its fields. */
const BODY_LIMIT_BYTES = 26 * 1024 * 1024;

/** Answers with what {@link OpenAiOptions.transcripts} knows of the file; it does not listen to it. */
export async function createTranscription(call: OpenAiCall, options: OpenAiOptions): Promise<void> {
  const { request, response } = call.exchange;
  const contentType = request.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new Refusal(
      { status: 415, code: "invalid_request_error" },
      "The content type must be multipart/form-data.",
    );
  }
  const form = await parseForm(await readBody(request, BODY_LIMIT_BYTES), contentType, ["file"]);
  const asked = parseTranscriptionRequest(call, form);
  const transcript: Transcript = {
    text: options.transcripts.transcribe(asked.file.bytes),
    durationSeconds: await durationOf(asked.file.bytes),
    language: asked.language ?? "english",
  };
  if (asked.isStreamed) {
    response.setHeader("content-type", "text/event-stream; charset=utf-8");
    response.end(events(transcript));
    return;
  }
  if (asked.format === "json" || asked.format === "verbose_json") {
    const body =
      asked.format === "json" ? json(asked, transcript) : verboseJson(transcript, asked.granularities);
    sendJson(response, { status: 200, body });
    return;
  }
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end(TEXTS[asked.format](transcript));
}

const TEXTS = { text: ({ text }: Transcript) => `${text}\n`, srt, vtt } as const;

function json({ kind }: TranscriptionRequest, { text, durationSeconds }: Transcript): object {
  const seconds = Math.ceil(durationSeconds);
  return { text, usage: kind === "whisper" ? { type: "duration", seconds } : tokens(text, durationSeconds) };
}

function events(transcript: Transcript): string {
  const { text, durationSeconds } = transcript;
  const deltas = text.match(/\S+\s*/g) ?? [];
  return [
    ...deltas.map((delta) => ({ type: "transcript.text.delta", delta })),
    { type: "transcript.text.done", text, usage: tokens(text, durationSeconds) },
  ]
    .map((data) => `data: ${JSON.stringify(data)}\n\n`)
    .join("");
}

/** Roughly as the service prices them: ten tokens a second of audio, and one for four characters. */
function tokens(text: string, durationSeconds: number): object {
  const audioTokens = Math.ceil(durationSeconds * 10);
  const outputTokens = Math.ceil(text.length / 4);
  return {
    type: "tokens",
    input_tokens: audioTokens,
    input_token_details: { text_tokens: 0, audio_tokens: audioTokens },
    output_tokens: outputTokens,
    total_tokens: audioTokens + outputTokens,
  };
}

async function durationOf(audio: Uint8Array): Promise<number> {
  const { parseBuffer } = await import("music-metadata");
  const metadata = await parseBuffer(audio).catch(() => undefined);
  const seconds = metadata?.format.duration;
  if (seconds === undefined) {
    throw invalidRequest("file", "Audio file might be corrupted or unsupported");
  }
  return seconds;
}
