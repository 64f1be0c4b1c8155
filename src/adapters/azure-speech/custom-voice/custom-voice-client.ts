import { ServiceError } from "../../../domain/errors/service-error.ts";
import { type RenewableCredential, withRenewal } from "../../rotation/with-renewal.ts";
import { isUnknownCredential } from "../speech-error.ts";
import { errorOfResponse } from "./custom-voice-error.ts";

/** @see https://learn.microsoft.com/rest/api/speechapi/ */
const API_VERSION = "2026-01-01";

/** The service answers every call in well under this; uploads are at most 30 MB. */
const CALL_TIMEOUT_MS = 60_000;

/** A header that authenticates. */
type CredentialHeader = readonly [name: string, value: string];

export interface CustomVoiceClientOptions extends RenewableCredential<CredentialHeader> {
  /** `https://{resource}.cognitiveservices.azure.com`, without a trailing slash. */
  readonly endpoint: string;
  /** Hears of every 429. Default: nobody does. */
  readonly onThrottled?: () => void;
}

export interface CustomVoiceCall {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below `/customvoice`, for example `/consents/{id}`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly form?: FormData;
}

/** Sends one call; the answer's JSON, or undefined for 404 and for an empty body. */
export type SendCustomVoiceCall = (call: CustomVoiceCall) => Promise<unknown>;

/** @throws {@link ServiceError} as {@link CustomVoiceService} says, from the returned function. */
export function customVoiceClient(options: CustomVoiceClientOptions): SendCustomVoiceCall {
  return (call) =>
    withRenewal(options, isUnknownCredential, async (header) => {
      const response = await send(options.endpoint, header, call);
      if (response.status === 429) {
        options.onThrottled?.();
      }
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) {
        throw await errorOfResponse(response);
      }
      const text = await response.text();
      const value: unknown = text === "" ? undefined : JSON.parse(text);
      return value;
    });
}

async function send(endpoint: string, header: CredentialHeader, call: CustomVoiceCall): Promise<Response> {
  const query = new URLSearchParams({ ...call.query, "api-version": API_VERSION });
  const headers = new Headers([[...header]]);
  const body = bodyOf(call, headers);
  try {
    return await fetch(`${endpoint}/customvoice${call.path}?${query.toString()}`, {
      method: call.method,
      headers,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...(body !== undefined && { body }),
    });
  } catch (cause) {
    throw new ServiceError("custom-voice-unavailable", "The custom voice service cannot be reached.", {
      cause,
      retryAfterSeconds: 10,
    });
  }
}

function bodyOf({ json, form }: CustomVoiceCall, headers: Headers): string | FormData | undefined {
  if (json === undefined) {
    return form;
  }
  headers.set("content-type", "application/json");
  return JSON.stringify(json);
}
