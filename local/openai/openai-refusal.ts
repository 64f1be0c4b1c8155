import type { ServerResponse } from "node:http";
import { Refusal } from "../stand-in/refusal.ts";
import { sendJson } from "../stand-in/send.ts";

/** A request that is wrong in one of its parameters. */
export function invalidRequest(param: string, message: string): Refusal {
  return new Refusal({ status: 400, code: "invalid_request_error" }, message, {
    details: [{ code: "invalid_value", target: param, message }],
  });
}

/** Writes an error as Azure OpenAI does: `{"error":{"code","message","type","param"}}`. */
export function sendOpenAiError(response: ServerResponse, refusal: Refusal): void {
  const { status, code, message, details, headers } = refusal;
  const [detail] = details ?? [];
  const body = {
    code: detail?.code ?? code,
    message,
    type: detail === undefined ? null : code,
    param: detail?.target ?? null,
  };
  sendJson(response, { status, body: { error: body }, headers: { ...headers } });
}
