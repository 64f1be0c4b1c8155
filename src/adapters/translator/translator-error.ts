import { ServiceError } from "../../domain/errors/service-error.ts";

const DEFAULT_RETRY_AFTER_SECONDS = 5;

/** With status 403: the characters of the free tier are used up. */
const FREE_QUOTA_CODE = "403001";

/** Codes of the service for a language that it does not know. */
const LANGUAGE_CODES = ["400018", "400019", "400023", "400035", "400036"];

/** Codes for a text, or texts times languages, beyond the limits of one request. */
const LENGTH_CODES = ["400050", "400077"];

export interface TranslatorRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | undefined;
}

/** Whether an answer, with its body as text, tells of a quota that is used up. */
export function isOverQuota({
  status,
  bodyAsText,
}: {
  readonly status: number;
  readonly bodyAsText?: string | null;
}): boolean {
  return status === 429 || (status === 403 && bodyAsText?.includes(FREE_QUOTA_CODE) === true);
}

/** Whether the service does not know the key. */
export function isUnknownKey(error: unknown): boolean {
  return error instanceof ServiceError && error.details["upstreamStatus"] === 401;
}

/** Tells in our codes what Azure Translator's answer means. */
export function translatorErrorOf(refusal: TranslatorRefusal): ServiceError {
  const { status, code, retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS } = refusal;
  const details = { upstreamStatus: status, upstreamCode: code };
  if (status === 429 || code === FREE_QUOTA_CODE) {
    const message = "The translation service is over its quota.";
    return new ServiceError("translation-throttled", message, { details, retryAfterSeconds });
  }
  if (status === 401 || status === 403) {
    return new ServiceError("translation-unauthorized", "The translation service refuses the credentials.", {
      details,
    });
  }
  if (status >= 500 || status === 408) {
    return translatorUnavailable(undefined, details, retryAfterSeconds);
  }
  return requestRefused(refusal, details);
}

function requestRefused(
  { status, code, message }: TranslatorRefusal,
  details: Readonly<Record<string, string | number>>,
): ServiceError {
  if (LANGUAGE_CODES.includes(code)) {
    return new ServiceError("language-unsupported", message, {
      details,
      errors: [{ field: code === "400035" ? "translate.from" : "translate.to", message }],
    });
  }
  if (LENGTH_CODES.includes(code)) {
    return new ServiceError("text-too-long", message, { details });
  }
  return new ServiceError("internal-error", "The translation service refuses a request of this service.", {
    details,
    cause: new Error(`Azure Translator answered ${status} ${code}`),
  });
}

export function translatorUnavailable(
  cause: unknown,
  details: Readonly<Record<string, string | number>> = {},
  retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS,
): ServiceError {
  return new ServiceError("translation-unavailable", "The translation service does not answer.", {
    details,
    retryAfterSeconds,
    cause,
  });
}
