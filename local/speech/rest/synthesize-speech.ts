import { once } from "node:events";
import type { CuttableResponse } from "../../stand-in/cuttable-response.ts";
import { readBody } from "../../stand-in/read-body.ts";
import { findOutputFormat } from "../audio/output-format.ts";
import type { OutputFormat } from "../audio/output-format.ts";
import { EngineBusyError } from "../engine/speech-engine.ts";
import type { SpeechEngine } from "../engine/speech-engine.ts";
import type { SynthesisTask } from "../engine/synthesis-task.ts";
import { compileSpeech } from "../plan/compile-speech.ts";
import type { CompiledSpeech } from "../plan/compile-speech.ts";
import type { PlanSurroundings } from "../plan/plan-ssml.ts";
import type { SpeechState } from "../speech-state.ts";
import { SsmlError } from "../ssml/ssml-error.ts";
import { BadSpeechRequest } from "./bad-speech-request.ts";
import type { AnswerSpeech } from "./speech-route.ts";

/** Twice the limit of a websocket turn; far above what ten minutes of speech need. */
const BODY_LIMIT_BYTES = 128 * 1024;
const MAX_USER_AGENT_CHARACTERS = 255;

interface Synthesis {
  readonly engine: SpeechEngine;
  readonly state: SpeechState;
}

/** `POST /cognitiveservices/v1`: SSML in, audio out as it is made. */
export function synthesizeSpeech({ engine, state }: Synthesis): AnswerSpeech {
  return async ({ request, response, url }, admit) => {
    const format = requestedFormat(request.headers);
    const ssml = await readBody(request, BODY_LIMIT_BYTES);
    const deploymentId = url.searchParams.get("deploymentId") ?? undefined;
    const { plan, voiceName } = compiled(ssml.toString("utf8"), { state, deploymentId });
    if (await admit({ voice: voiceName })) {
      await sendAudio(response, engine, { plan, format });
    }
  };
}

function requestedFormat(headers: Readonly<Record<string, string | string[] | undefined>>): OutputFormat {
  if (mediaTypeOf(headers["content-type"]) !== "application/ssml+xml") {
    throw new BadSpeechRequest(415, "Unsupported media type, application/ssml+xml is needed.");
  }
  const userAgent = headers["user-agent"];
  if (userAgent === undefined || userAgent.length >= MAX_USER_AGENT_CHARACTERS) {
    throw new BadSpeechRequest(400, "User-Agent header is missing or too long.");
  }
  const name = headers["x-microsoft-outputformat"];
  const format = typeof name === "string" ? findOutputFormat(name) : undefined;
  if (format === undefined) {
    throw new BadSpeechRequest(400, `Unsupported output format ${String(name)}.`);
  }
  return format;
}

function mediaTypeOf(contentType: string | string[] | undefined): string | undefined {
  return typeof contentType === "string" ? contentType.split(";")[0]?.trim().toLowerCase() : undefined;
}

function compiled(ssml: string, surroundings: PlanSurroundings): CompiledSpeech {
  try {
    return compileSpeech(ssml, surroundings);
  } catch (error) {
    throw error instanceof SsmlError ? new BadSpeechRequest(400, error.message) : error;
  }
}

async function sendAudio(
  response: CuttableResponse,
  engine: SpeechEngine,
  task: SynthesisTask,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    for await (const output of engine.synthesize(task, gone.signal)) {
      if (output.kind === "audio") {
        sendHead(response, task.format);
        if (!response.write(output.bytes)) {
          await once(response, "drain", { signal: gone.signal });
        }
      }
    }
    response.end();
  } catch (error) {
    if (!gone.signal.aborted) {
      throw error instanceof EngineBusyError ? new BadSpeechRequest(429, "Too many requests.") : error;
    }
  }
}

function sendHead(response: CuttableResponse, { contentType }: OutputFormat): void {
  if (!response.headersSent) {
    response.writeHead(200, { "content-type": contentType });
  }
}
