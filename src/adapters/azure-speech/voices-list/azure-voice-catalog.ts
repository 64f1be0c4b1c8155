import { z } from "zod";
import type { VoiceCatalog } from "../../../application/ports/voice-catalog.ts";
import type { ErrorCode } from "../../../domain/errors/catalog.ts";
import { ServiceError } from "../../../domain/errors/service-error.ts";
import type { CatalogVoice } from "../../../domain/voice/catalog-voice.ts";
import { type RenewableCredential, withRenewal } from "../../rotation/with-renewal.ts";
import { isUnknownCredential, retryAfterOf } from "../speech-error.ts";

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
  /** Hears of every 429. Default: nobody does. */
  readonly onThrottled?: () => void;
}

export function azureVoiceCatalog(options: AzureVoiceCatalogOptions): VoiceCatalog {
  return {
    list: () =>
      withRenewal(options, isUnknownCredential, async (header) => {
        const response = await fetchList(
          `${options.host}/cognitiveservices/voices/list`,
          new Headers([[...header]]),
        );
        if (response.status === 429) {
          options.onThrottled?.();
        }
        if (!response.ok) {
          await response.body?.cancel();
          throw errorOfAnswer(response);
        }
        return listSchema.parse(await response.json()).map(catalogVoice);
      }),
  };
}

async function fetchList(url: string, headers: Headers): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new ServiceError("speech-unavailable", "The list of voices cannot be fetched.", {
      cause,
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
  return new ServiceError(codes[status] ?? "speech-unavailable", `The list of voices answered ${status}.`, {
    details: { upstreamStatus: status },
    retryAfterSeconds:
      retryAfterOf(headers.get("retry-after") ?? undefined, new Date()) ?? RETRY_AFTER_SECONDS,
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
