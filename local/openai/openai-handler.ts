import { admit } from "../faults/admit.ts";
import type { StandInControl } from "../faults/control.ts";
import { accessDenied, isSameText } from "../stand-in/credentials.ts";
import type { Credentials } from "../stand-in/credentials.ts";
import type { Exchange, StandInHandler } from "../stand-in/exchange.ts";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";
import type { Speak } from "../stand-in/speak.ts";
import type { AudioTranscripts } from "./audio-transcripts.ts";
import { createChatCompletion } from "./create-chat-completion.ts";
import { createSpeech } from "./create-speech.ts";
import { createTranscription } from "./create-transcription.ts";
import { DEFAULT_DEPLOYMENTS } from "./deployments.ts";
import type { Deployments } from "./deployments.ts";
import { sendOpenAiError } from "./openai-refusal.ts";

const SERVICE = "openai";
const V1_PATTERN = /^\/openai\/v1(?<operation>\/.+?)\/?$/;
const DATED_PATTERN = /^\/openai\/deployments\/(?<deployment>[^/]+)(?<operation>\/.+?)\/?$/;
const DATED_VERSION = /^\d{4}-\d{2}-\d{2}(-preview)?$/;

export interface OpenAiOptions {
  readonly credentials: Credentials;
  readonly control: StandInControl;
  readonly speak: Speak;
  readonly transcripts: AudioTranscripts;
  /** Default: {@link DEFAULT_DEPLOYMENTS}. */
  readonly deployments?: Deployments;
}

/** What an operation is asked with. */
export interface OpenAiCall {
  readonly exchange: Exchange;
  /** From the path; undefined when the body names it as `model`. */
  readonly deployment: string | undefined;
  readonly deployments: Deployments;
}

interface Operation {
  readonly method: "GET" | "POST";
  readonly answer: (call: OpenAiCall, options: OpenAiOptions) => Promise<void> | void;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "/audio/speech": { method: "POST", answer: createSpeech },
  "/audio/transcriptions": { method: "POST", answer: createTranscription },
  "/chat/completions": { method: "POST", answer: createChatCompletion },
  "/models": { method: "GET", answer: listModels },
};

/** Azure OpenAI: speech, transcription and a little chat, on the v1 paths and on those of a deployment. */
export function openAiHandler(options: OpenAiOptions): StandInHandler {
  const deployments = options.deployments ?? DEFAULT_DEPLOYMENTS;
  return {
    async handle(exchange) {
      const target = targetOf(exchange.url);
      const operation = target === undefined ? undefined : OPERATIONS[target.operation];
      if (target === undefined || operation === undefined || isMisplaced(target, operation)) {
        return false;
      }
      try {
        const facts = { deployment: target.deployment };
        if (
          await admit(options.control, exchange, { service: SERVICE, operation: target.operation, facts })
        ) {
          await requireOpenAiCredentials(exchange.request.headers, options.credentials);
          checkCall(exchange, target, operation);
          await operation.answer({ exchange, deployment: target.deployment, deployments }, options);
        }
      } catch (error) {
        if (!(error instanceof Refusal) || exchange.response.headersSent) {
          throw error;
        }
        sendOpenAiError(exchange.response, error);
      }
      return true;
    },
  };
}

/** Models belong to the resource, not to a deployment. */
function isMisplaced({ deployment }: Target, { method }: Operation): boolean {
  return method === "GET" && deployment !== undefined;
}

interface Target {
  readonly operation: string;
  readonly deployment: string | undefined;
}

function targetOf({ pathname }: URL): Target | undefined {
  const groups = (V1_PATTERN.exec(pathname) ?? DATED_PATTERN.exec(pathname))?.groups;
  const { operation, deployment } = groups ?? {};
  return operation === undefined
    ? undefined
    : { operation, deployment: deployment === undefined ? undefined : decodeURIComponent(deployment) };
}

/** @throws {@link Refusal} 404 or 405. */
function checkCall({ request, url }: Exchange, target: Target, { method }: Operation): void {
  const version = url.searchParams.get("api-version");
  const isRight =
    target.deployment === undefined
      ? version === "preview" || (version === null && target.operation === "/chat/completions")
      : DATED_VERSION.test(version ?? "");
  if (!isRight) {
    throw new Refusal({ status: 404, code: "404" }, "Resource not found");
  }
  if (request.method !== method) {
    throw new Refusal({ status: 405, code: "405" }, "The method is not allowed.", {
      headers: { allow: method },
    });
  }
}

/** The base models of the resource; here, one of the name of each deployment. */
function listModels({ exchange, deployments }: OpenAiCall): void {
  const data = Object.keys(deployments).map((id) => ({
    id,
    object: "model",
    created: 0,
    owned_by: "system",
  }));
  sendJson(exchange.response, { status: 200, body: { object: "list", data } });
}

/** A key may come as `api-key` or as bearer token, which is how the v1 client sends it. */
async function requireOpenAiCredentials(
  headers: Exchange["request"]["headers"],
  { key, acceptsToken }: Credentials,
): Promise<void> {
  const given = headers["api-key"];
  const token = /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1];
  const isKeyGood = [given, token].some((text) => typeof text === "string" && isSameText(text, key));
  if (!isKeyGood && (token === undefined || (await acceptsToken?.(token)) !== true)) {
    throw accessDenied();
  }
}
