import { ServiceError } from "../../domain/errors/service-error.ts";

/** What Azure Speech says when it does not synthesize. */
export interface SpeechRefusal {
  readonly status: number;
  /** Reason phrase and body: either may hold the cause. */
  readonly reason: string;
  /** Of the `Retry-After` header. */
  readonly retryAfterSeconds?: number | undefined;
  /** The request went to an endpoint deployment. */
  readonly isDeployment: boolean;
}

const DEFAULT_RETRY_AFTER_SECONDS = 2;
const MAX_REASON_CHARACTERS = 300;

/** Tells in our codes what Azure's status and words mean. */
export function speechErrorOf(refusal: SpeechRefusal): ServiceError {
  const { status, retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS } = refusal;
  const asked = refusal.retryAfterSeconds;
  const details = {
    upstreamStatus: status,
    ...(asked === undefined ? {} : { upstreamRetryAfterSeconds: asked }),
  };
  if (status === 429 || (status === 400 && /quota exceeded/i.test(refusal.reason))) {
    return throttled(details, retryAfterSeconds);
  }
  if (status === 408 || status >= 500) {
    return unavailable(`The speech service answers ${status}.`, { details, retryAfterSeconds });
  }
  return refused(refusal, details);
}

function refused(refusal: SpeechRefusal, details: Readonly<Record<string, number>>): ServiceError {
  switch (refusal.status) {
    case 400:
      return ssmlRefused(refusal.reason);
    case 401:
      return new ServiceError("speech-unauthorized", "The speech service refuses the credentials.", {
        details,
      });
    case 403:
      return forbidden(refusal.reason, details);
    case 404:
      return refusal.isDeployment ? deploymentGone(details) : unexpected(details);
    default:
      return unexpected(details);
  }
}

export function unavailable(
  message: string,
  options: {
    readonly cause?: unknown;
    readonly details?: Readonly<Record<string, number | boolean>>;
    readonly retryAfterSeconds?: number;
  } = {},
): ServiceError {
  return new ServiceError("speech-unavailable", message, {
    retryAfterSeconds: DEFAULT_RETRY_AFTER_SECONDS,
    ...options,
  });
}

/** Whether Azure does not know the key; 403 is about what a known one may do. */
export function isUnknownCredential(error: unknown): boolean {
  return error instanceof ServiceError && error.details["upstreamStatus"] === 401;
}

/** Close codes of the websocket, in the words of HTTP. @see reference of quotas and limits: 4429 is the service's own. */
export function statusOfCloseCode(code: number): number {
  const known: Readonly<Record<number, number>> = { 1007: 400, 1013: 429, 4429: 429 };
  return known[code] ?? 503;
}

/** @returns undefined when the header is absent or makes no sense. Both seconds and an HTTP date are understood. */
export function retryAfterOf(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) {
    return undefined;
  }
  if (/^\d+$/.test(header.trim())) {
    return Number(header);
  }
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1_000));
}

function throttled(details: Readonly<Record<string, number>>, retryAfterSeconds: number): ServiceError {
  const message = "The speech service is over its quota or capacity.";
  return new ServiceError("speech-throttled", message, { details, retryAfterSeconds });
}

function ssmlRefused(reason: string): ServiceError {
  const said = reason.trim().slice(0, MAX_REASON_CHARACTERS) || "it does not say why";
  const message = `The speech service refuses the SSML: ${said}`;
  return new ServiceError("ssml-invalid", message, { errors: [{ field: "ssml", message: said }] });
}

function forbidden(reason: string, details: Readonly<Record<string, number>>): ServiceError {
  if (/approv|limited access|gated/i.test(reason)) {
    return new ServiceError("custom-voice-not-approved", "The Speech resource may not use this voice.", {
      details,
    });
  }
  return new ServiceError("speech-unauthorized", "The speech service forbids the request.", { details });
}

function deploymentGone(details: Readonly<Record<string, number>>): ServiceError {
  return new ServiceError("voice-not-ready", "The voice's endpoint is not deployed.", { details });
}

function unexpected(details: Readonly<Record<string, number>>): ServiceError {
  const cause = new Error(`Azure Speech answered ${details["upstreamStatus"]}`);
  return new ServiceError("internal-error", "The speech service refuses a request of this service.", {
    details,
    cause,
  });
}
