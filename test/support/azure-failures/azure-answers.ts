import type { AzureAnswer } from "./failing-service.ts";

/** The gateway in front of all Azure AI services, whose codes are texts of digits. */
export const KEY_WRONG = {
  error: { code: "401", message: "Access denied due to invalid subscription key." },
};
export const FIREWALL = {
  error: { code: "403", message: "Access denied due to Virtual Network/Firewall rules." },
};

export const FAILING_OVER: AzureAnswer = { status: 403, headers: { "x-ms-substatus": "3" } };

export function customVoiceError(code: string, message = "Because."): { error: object } {
  return { error: { code, message, details: [{ code: "BadArgument", target: "", message }] } };
}

export function failedBecause(failureReason: string): AzureAnswer {
  return { status: 200, body: { id: "id-1", status: "Failed", properties: { failureReason } } };
}

export function translatorError(code: number): AzureAnswer {
  return { status: Math.floor(code / 1_000), body: { error: { code, message: "Because." } } };
}

export function openAiError(status: number, code: string): AzureAnswer {
  return { status, body: { error: { code, message: "Because.", innererror: {} } } };
}

export function blobError(status: number, code: string): AzureAnswer {
  return { status, headers: { "x-ms-error-code": code } };
}

export function closed(code: number, reason: string): AzureAnswer {
  return { status: 500, close: { code, reason } };
}
