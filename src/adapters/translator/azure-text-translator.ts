import type { TextTranslationClient, TranslationResultOutput } from "@azure-rest/ai-translation-text";
import type { TokenCredential } from "@azure/identity";
import type {
  TextTranslator,
  Translation,
  TranslationLanguage,
  TranslationRequest,
} from "../../application/ports/text-translator.ts";
import { textPieces } from "../../application/translations/text-pieces.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { latestClient, readRotating, type RotatingSecret } from "../rotation/rotating-client.ts";
import { type RenewableCredential, withRenewal } from "../rotation/with-renewal.ts";
import { textOfHtml, withKeptWords } from "./kept-words.ts";
import { isCustomDomain, translatorUrl } from "./translator-url.ts";
import { isOverQuota, isUnknownKey, translatorErrorOf, translatorUnavailable } from "./translator-error.ts";

export interface AzureTranslatorOptions {
  /** For example `https://api.cognitive.microsofttranslator.com`, or a custom domain. */
  readonly endpoint: string;
  readonly region: string;
  readonly credential:
    | {
        readonly kind: "key";
        readonly key: RotatingSecret;
        /** Whether there is another key than the refused one. Default: there never is. */
        readonly renew?: ((refused: string) => Promise<boolean>) | undefined;
      }
    | { readonly kind: "token"; readonly token: TokenCredential };
  readonly timeoutMs: number;
  /** Hears of every answer over quota, also of those after which the client asked again. Default: nobody does. */
  readonly onThrottled?: () => void;
}

/** The service takes 50,000 characters and 1,000 texts at once; answers grow slow long before. */
const MAX_PIECE_CHARACTERS = 5_000;
const MAX_RETRIES = 2;
const COGNITIVE_SERVICES_SCOPE = "https://cognitiveservices.azure.com/.default";

/** Azure AI Translator, text, version 2026-06-06. */
export class AzureTextTranslator implements TextTranslator {
  readonly #options: AzureTranslatorOptions;
  readonly #key: RenewableCredential<string | undefined>;
  readonly #clientFor: (key: string | undefined) => Promise<TextTranslationClient>;

  constructor(options: AzureTranslatorOptions) {
    this.#options = options;
    this.#key = keyOf(options.credential);
    this.#clientFor = latestClient({ connect: (key: string | undefined) => connect(options, key) });
  }

  async translate(request: TranslationRequest, signal: AbortSignal): Promise<readonly Translation[]> {
    const translations: Translation[] = [];
    for (const text of request.texts) {
      translations.push(await this.#translateText(text, request, signal));
    }
    return translations;
  }

  async languages(signal: AbortSignal): Promise<readonly TranslationLanguage[]> {
    const { isUnexpected } = await import("@azure-rest/ai-translation-text");
    const body = await this.#sent(signal, async (client, abortSignal) => {
      const queryParameters = { scope: "translation" };
      const response = await client.path("/languages").get({ queryParameters, abortSignal });
      if (isUnexpected(response)) {
        throw refusalOf(response);
      }
      return response.body;
    });
    return Object.entries(body.translation ?? {}).map(([code, { name, nativeName, dir }]) => ({
      code,
      name,
      nativeName,
      direction: dir,
    }));
  }

  /** Pieces one after another: the language that was detected in the first one holds for the others. */
  async #translateText(text: string, request: TranslationRequest, signal: AbortSignal): Promise<Translation> {
    let { from } = request;
    let translated = "";
    let billedCharacters = 0;
    for (const piece of textPieces(text, MAX_PIECE_CHARACTERS)) {
      const result = await this.#translatePiece(piece, { ...request, from }, signal);
      from ??= result.from;
      translated += result.text;
      billedCharacters += result.billedCharacters;
    }
    return { text: translated, from: from ?? request.to, to: request.to, billedCharacters };
  }

  async #translatePiece(
    text: string,
    { from, to, keep }: TranslationRequest,
    signal: AbortSignal,
  ): Promise<Translation> {
    const isMarked = keep.length > 0;
    const input = {
      text: isMarked ? withKeptWords(text, keep) : text,
      textType: isMarked ? ("Html" as const) : ("Plain" as const),
      ...(from !== undefined && { language: from }),
      targets: [{ language: to }],
    };
    const { isUnexpected } = await import("@azure-rest/ai-translation-text");
    const body = await this.#sent(signal, async (client, abortSignal) => {
      const response = await client.path("/translate").post({ body: { inputs: [input] }, abortSignal });
      if (isUnexpected(response)) {
        throw refusalOf(response);
      }
      return response.body;
    });
    const { translated, detected, billedCharacters = text.length } = answerOf(body);
    return {
      text: isMarked ? textOfHtml(translated) : translated,
      from: from ?? detected ?? to,
      to,
      billedCharacters,
    };
  }

  async #sent<T>(
    signal: AbortSignal,
    send: (client: TextTranslationClient, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return withRenewal(this.#key, isUnknownKey, async (key) => {
      const client = await this.#clientFor(key);
      try {
        return await send(client, AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]));
      } catch (cause) {
        signal.throwIfAborted();
        throw cause instanceof ServiceError ? cause : translatorUnavailable(cause);
      }
    });
  }
}

/** Undefined where tokens are used, which their own client renews. */
function keyOf(credential: AzureTranslatorOptions["credential"]): RenewableCredential<string | undefined> {
  if (credential.kind === "token") {
    return { credential: async () => undefined };
  }
  const { key, renew } = credential;
  return {
    credential: () => readRotating(key),
    renew: async (refused) => refused !== undefined && (await renew?.(refused)) === true,
  };
}

/** The client appends a path of its own to custom domains unless it is told the whole base. */
async function connect(
  options: AzureTranslatorOptions,
  key: string | undefined,
): Promise<TextTranslationClient> {
  const { default: createClient } = await import("@azure-rest/ai-translation-text");
  const { region, credential, onThrottled } = options;
  const endpoint = options.endpoint.replace(/\/$/, "");
  return createClient(endpoint, credential.kind === "token" ? credential.token : { key: key ?? "", region }, {
    retryOptions: { maxRetries: MAX_RETRIES },
    additionalPolicies: [
      {
        position: "perRetry",
        policy: {
          name: "throttleListener",
          async sendRequest(request, next) {
            const response = await next(request);
            if (isOverQuota(response)) {
              onThrottled?.();
            }
            return response;
          },
        },
      },
    ],
    allowInsecureConnection: endpoint.startsWith("http://"),
    credentials: { scopes: [COGNITIVE_SERVICES_SCOPE] },
    ...(isCustomDomain(endpoint) && { endpoint: translatorUrl(endpoint) }),
  });
}

/** One text to one language has one translation. */
function answerOf({ value: [answer] }: TranslationResultOutput) {
  const [translation] = answer?.translations ?? [];
  if (translation === undefined) {
    throw translatorUnavailable(new Error("The answer holds no translation."));
  }
  return {
    translated: translation.text,
    detected: answer?.detectedLanguage?.language,
    billedCharacters: translation.sourceCharacters,
  };
}

interface UnexpectedResponse {
  readonly status: string;
  readonly headers: object;
  readonly body: { readonly error?: { readonly code?: string | number; readonly message?: string } };
}

function refusalOf({ status, headers, body }: UnexpectedResponse): ServiceError {
  const retryAfter: unknown = Reflect.get(headers, "retry-after");
  const seconds = Number(retryAfter);
  return translatorErrorOf({
    status: Number(status),
    code: String(body.error?.code ?? ""),
    message: body.error?.message ?? "The translation service gives no reason.",
    retryAfterSeconds: typeof retryAfter === "string" && Number.isFinite(seconds) ? seconds : undefined,
  });
}
