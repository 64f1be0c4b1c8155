import { z } from "zod";
import type { Spoken } from "../stand-in/speak.ts";
import { requireDeployment } from "./deployments.ts";
import type { DeploymentKind } from "./deployments.ts";
import type { OpenAiCall, OpenAiOptions } from "./openai-handler.ts";
import { invalidRequest } from "./openai-refusal.ts";
import { parseOpenAiJson } from "./parse-openai-json.ts";
import { VOICE_NAMES, speechSsml } from "./speech-ssml.ts";
import { writeAll } from "./write-all.ts";

const MAX_INPUT_CHARACTERS = 4096;

const FORMATS = {
  mp3: { outputFormat: "audio-24khz-96kbitrate-mono-mp3", contentType: "audio/mpeg" },
  opus: { outputFormat: "ogg-24khz-16bit-mono-opus", contentType: "audio/opus" },
  wav: { outputFormat: "riff-24khz-16bit-mono-pcm", contentType: "audio/wav" },
  pcm: { outputFormat: "raw-24khz-16bit-mono-pcm", contentType: "audio/pcm" },
} as const;

const speechSchema = z.object({
  model: z.string().optional(),
  input: z.string().min(1).max(MAX_INPUT_CHARACTERS),
  voice: z.enum(VOICE_NAMES),
  instructions: z.string().max(MAX_INPUT_CHARACTERS).optional(),
  response_format: z.enum(["mp3", "opus", "aac", "flac", "wav", "pcm"]).default("mp3"),
  speed: z.number().min(0.25).max(4).default(1),
  stream_format: z.enum(["audio", "sse"]).default("audio"),
});

type SpeechFields = z.infer<typeof speechSchema>;

/** Speaks with a prebuilt voice of the Speech stand-in. `instructions` have no effect; AAC and FLAC are refused. */
export async function createSpeech(call: OpenAiCall, { speak }: OpenAiOptions): Promise<void> {
  const fields = await parseOpenAiJson(call.exchange, speechSchema);
  const name = call.deployment ?? fields.model ?? "";
  checkFields(fields, requireDeployment(call.deployments, name, ["speech", "basic-speech"]));
  const { outputFormat, contentType } = formatOf(fields.response_format);
  const { response } = call.exchange;
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const spoken = speak({ ssml: speechSsml(fields), outputFormat }, gone.signal);
  if (fields.stream_format === "sse") {
    response.setHeader("content-type", "text/event-stream; charset=utf-8");
    await writeAll(response, eventsOf(spoken, fields.input));
    return;
  }
  response.setHeader("content-type", contentType);
  await writeAll(response, audioOf(spoken));
}

function checkFields(fields: SpeechFields, kind: DeploymentKind): void {
  if (kind === "basic-speech" && fields.instructions !== undefined) {
    throw invalidRequest("instructions", "The model does not support instructions.");
  }
  if (kind === "basic-speech" && fields.stream_format === "sse") {
    throw invalidRequest("stream_format", "The model does not support the stream format sse.");
  }
}

function formatOf(name: SpeechFields["response_format"]): (typeof FORMATS)[keyof typeof FORMATS] {
  if (name === "aac" || name === "flac") {
    throw invalidRequest("response_format", `This stand-in cannot make ${name}.`);
  }
  return FORMATS[name];
}

async function* audioOf(spoken: AsyncIterable<Spoken>): AsyncGenerator<Uint8Array> {
  for await (const output of spoken) {
    if (output.kind === "audio") {
      yield output.bytes;
    }
  }
}

/** Tokens are counted as the service prices them, roughly: four characters, or 50 ms of audio. */
async function* eventsOf(spoken: AsyncIterable<Spoken>, input: string): AsyncGenerator<Uint8Array> {
  let durationMs = 0;
  for await (const output of spoken) {
    if (output.kind === "audio") {
      yield event({ type: "speech.audio.delta", audio: Buffer.from(output.bytes).toString("base64") });
    } else if (output.kind === "end") {
      durationMs = output.durationMs;
    }
  }
  const inputTokens = Math.ceil(input.length / 4);
  const outputTokens = Math.ceil(durationMs / 50);
  const usage = {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
  yield event({ type: "speech.audio.done", usage });
}

function event(data: object): Uint8Array {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}
