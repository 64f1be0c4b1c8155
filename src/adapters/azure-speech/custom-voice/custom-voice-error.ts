import { z } from "zod";
import type { ErrorCode } from "../../../domain/errors/catalog.ts";
import { ServiceError } from "../../../domain/errors/service-error.ts";

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string().default("") }) });

/** Of the service itself, for a resource without Limited Access; network rules and roles have other codes. */
const NOT_APPROVED = "Forbidden";

const DEFAULT_RETRY_AFTER_SECONDS = 10;

/** Translates an answer of 400 and above into our error; Azure's own message becomes a detail. */
export async function errorOfResponse(response: Response): Promise<ServiceError> {
  const azure = errorBody.safeParse(await response.json().catch(() => undefined));
  const code = codeOf(response.status, azure.data?.error.code);
  const reason = azure.success
    ? `${azure.data.error.code}: ${azure.data.error.message}`
    : `status ${response.status}`;
  const retryAfter = Number(response.headers.get("retry-after") ?? DEFAULT_RETRY_AFTER_SECONDS);
  const isTransient = code === "speech-throttled" || code === "custom-voice-unavailable";
  return new ServiceError(code, `The custom voice service answered ${reason}`, {
    details: { upstreamStatus: response.status },
    ...(isTransient && {
      retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : DEFAULT_RETRY_AFTER_SECONDS,
    }),
  });
}

function codeOf(status: number, azureCode: string | undefined): ErrorCode {
  switch (status) {
    case 401:
      return "speech-unauthorized";
    case 403:
      return azureCode === NOT_APPROVED ? "custom-voice-not-approved" : "speech-unauthorized";
    case 429:
      return "speech-throttled";
    default:
      return status >= 500 || status === 408 ? "custom-voice-unavailable" : "custom-voice-refused";
  }
}
