import { z } from "zod";
import type { VoiceCatalog } from "../../../application/ports/voice-catalog.ts";
import type { ErrorCode } from "../../../domain/errors/catalog.ts";
import { ServiceError } from "../../../domain/errors/service-error.ts";
import type { CatalogVoice } from "../../../domain/voice/catalog-voice.ts";
import { type RenewableCredential, withRenewal } from "../../rotation/with-renewal.ts";
import { isUnknownCredential, retryAfterOf, unavailable } from "../speech-error.ts";
import { DEFAULT_RESILIENCE, type ResilienceOptions, SpeechResilience } from "../speech-resilience.ts";

const TIMEOUT_MS = 10_000;
const RETRY_AFTER_SECONDS = 5;

/** @see https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech#get-a-list-of-voices */
const listSchema = z.array(
  z.object({
    ShortName: z.string(),
    DisplayName: z.string(),
    LocalName: z.string(),
    Locale: z.string(),
    LocaleName: z.string().default(""),
    Gender: z.string(),
    SampleRateHertz: z.coerce.number(),
    Status: z.string(),
    StyleList: z.array(z.string()).default([]),
    RolePlayList: z.array(z.string()).default([]),
    SecondaryLocaleList: z.array(z.string()).default([]),
  }),
);

/** Its credential is the header that authenticates. */
export interface AzureVoiceCatalogOptions extends RenewableCredential<
  readonly [name: string, value: string]
> {
  /** For example `https://westeurope.tts.speech.microsoft.com`. */
  readonly host: string;
  /** Default: {@link DEFAULT_RESILIENCE}. */
  readonly resilience?: Partial<ResilienceOptions>;
  /** Hears of every 429. Default: nobody does. */
  readonly onThrottled?: () => void;
}

/** The list of the region, asked for again like speech when the service fails in passing. */
export function azureVoiceCatalog(options: AzureVoiceCatalogOptions): VoiceCatalog {
  const policy = new SpeechResilience({ ...DEFAULT_RESILIENCE, ...options.resilience });
  const url = `${options.host}/cognitiveservices/voices/list`;
  return {
    async list() {
      // Nobody hangs up: every attempt has a time limit of its own.
      const items = await policy.start(url, new AbortController().signal, () =>
        withRenewal(options, isUnknownCredential, (header) =>
          fetchList(url, new Headers([[...header]]), options.onThrottled),
        ),
      );
      return listSchema.parse(items).map(catalogVoice);
    },
  };
}

async function fetchList(url: string, headers: Headers, onThrottled?: () => void): Promise<unknown> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, { headers, signal });
    if (response.ok) {
      return await response.json();
    }
    await response.body?.cancel();
    if (response.status === 429) {
      onThrottled?.();
    }
    throw errorOfAnswer(response);
  } catch (cause) {
    throw cause instanceof ServiceError
      ? cause
      : unavailable("The list of voices cannot be fetched.", {
          cause,
          ...(signal.aborted && { details: { timedOut: true } }),
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        });
  }
}

function errorOfAnswer({ status, headers }: Response): ServiceError {
  const codes: Readonly<Record<number, ErrorCode>> = {
    401: "speech-unauthorized",
    403: "speech-unauthorized",
    429: "speech-throttled",
  };
  const asked = retryAfterOf(headers.get("retry-after") ?? undefined, new Date());
  return new ServiceError(codes[status] ?? "speech-unavailable", `The list of voices answered ${status}.`, {
    details: { upstreamStatus: status, ...(asked !== undefined && { upstreamRetryAfterSeconds: asked }) },
    retryAfterSeconds: asked ?? RETRY_AFTER_SECONDS,
  });
}

function catalogVoice(item: z.output<typeof listSchema>[number]): CatalogVoice {
  return {
    name: item.ShortName,
    displayName: item.DisplayName,
    localName: item.LocalName,
    locale: item.Locale,
    localeName: item.LocaleName,
    secondaryLocales: item.SecondaryLocaleList,
    gender: item.Gender === "Female" ? "female" : item.Gender === "Male" ? "male" : "neutral",
    styles: item.StyleList,
    roles: item.RolePlayList,
    sampleRateHz: item.SampleRateHertz,
    status: item.Status === "GA" ? "ga" : item.Status === "Deprecated" ? "deprecated" : "preview",
  };
}
