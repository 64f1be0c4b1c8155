import { z } from "zod";
import type { ErrorCode } from "../../../domain/errors/catalog.ts";
import { ServiceError } from "../../../domain/errors/service-error.ts";

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string().default("") }) });

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: "speech-unauthorized",
  403: "custom-voice-not-approved",
  429: "speech-throttled",
};

const DEFAULT_RETRY_AFTER_SECONDS = 10;

/** Translates an answer of 400 and above into our error; Azure's own message becomes a detail. */
export async function errorOfResponse(response: Response): Promise<ServiceError> {
  const azure = errorBody.safeParse(await response.json().catch(() => undefined));
  const code =
    CODE_OF_STATUS[response.status] ??
    (response.status >= 500 ? "custom-voice-unavailable" : "custom-voice-refused");
  const reason = azure.success
    ? `${azure.data.error.code}: ${azure.data.error.message}`
    : `status ${response.status}`;
  const retryAfter = Number(response.headers.get("retry-after") ?? DEFAULT_RETRY_AFTER_SECONDS);
  const isTransient = code === "speech-throttled" || code === "custom-voice-unavailable";
  return new ServiceError(code, `The custom voice service answered ${reason}`, {
    details: { azureStatus: response.status },
    ...(isTransient && {
      retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : DEFAULT_RETRY_AFTER_SECONDS,
    }),
  });
}
