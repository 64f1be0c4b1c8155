import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Refusal } from "./refusal.ts";

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: OutgoingHttpHeaders;
}

export function sendJson(response: ServerResponse, answer: JsonAnswer): void {
  const bytes = Buffer.from(JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    ...answer.headers,
  });
  response.end(bytes);
}

/** Writes an error as the services of Azure AI do: `{"error":{"code","message","details"?}}` and `x-ms-error-code`. */
export function sendCognitiveError(response: ServerResponse, refusal: Refusal): void {
  const { status, code, message, details, headers } = refusal;
  sendJson(response, {
    status,
    body: { error: { code, message, ...(details && { details }) } },
    headers: { "x-ms-error-code": code, ...headers },
  });
}
