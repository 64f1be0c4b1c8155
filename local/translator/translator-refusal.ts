import type { ServerResponse } from "node:http";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";

/** Six digits, of which the first three are the HTTP status. @see the service's list of status codes. */
const MESSAGES = {
  400000: "One of the request inputs is not valid.",
  400001: "The scope parameter is not valid.",
  400005: "The input text is missing or not valid.",
  400021: "The API version parameter is missing or not valid.",
  400023: "The language pair is not valid.",
  400035: "The source language is not valid.",
  400036: "The target language is not valid.",
  400042: "One of the options specified is not valid.",
  400043: "The client trace id is not valid.",
  400050: "The input text is too long.",
  400071: "The value is not valid for textType.",
  400072: "The array of input text has too many elements.",
  400073: "The script parameter is not valid.",
  400074: "The body of the request is not valid JSON.",
  400077: "The maximum request size has been exceeded.",
  400079: "The deployment requested for the translation does not exist.",
  401000: "The request is not authorized because credentials are missing or invalid.",
  404000: "The resource is not found.",
  405000: "The request method is not supported for the requested resource.",
  415000: "The Content-Type header is missing or invalid.",
  429000: "The server rejected the request because the client has exceeded request limits.",
  500000: "An unexpected error occurred.",
  503000: "Service is temporarily unavailable.",
} as const;

export type TranslatorErrorCode = keyof typeof MESSAGES;

/** @param hint what exactly is wrong, where the service's own sentence leaves that open. */
export function translatorRefusal(code: TranslatorErrorCode, hint = ""): Refusal {
  const message = hint === "" ? MESSAGES[code] : `${MESSAGES[code]} ${hint}`;
  return new Refusal({ status: Math.floor(code / 1000), code: String(code) }, message);
}

/** Writes an error with its code as a number; codes of other stand-ins become `{status}000`. */
export function sendTranslatorError(response: ServerResponse, refusal: Refusal): void {
  const code = /^\d{6}$/.test(refusal.code) ? Number(refusal.code) : refusal.status * 1000;
  sendJson(response, {
    status: refusal.status,
    body: { error: { code, message: refusal.message } },
    headers: { ...refusal.headers },
  });
}
