import type OpenAI from "openai";
import type { AudioFile } from "../../application/ports/custom-voice.ts";
import type { Transcriber } from "../../application/ports/transcriber.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";

export interface OpenAiTranscriberOptions {
  /** Of the Azure OpenAI resource, without path. */
  readonly endpoint: string;
  /** A key, or a function that gives a token for each call. */
  readonly apiKey: string | (() => Promise<string>);
  readonly deployment: string;
  readonly timeoutMs: number;
  readonly usdPerMinute: number;
}

const RETRY_AFTER_SECONDS = 10;

/** Transcribes with a deployment of Azure OpenAI. */
export class OpenAiTranscriber implements Transcriber {
  readonly usdPerMinute: number;
  readonly #options: OpenAiTranscriberOptions;
  #client: Promise<OpenAI> | undefined;

  constructor(options: OpenAiTranscriberOptions) {
    this.#options = options;
    this.usdPerMinute = options.usdPerMinute;
  }

  async transcribe({ fileName, bytes, contentType }: AudioFile, locale: string): Promise<string> {
    this.#client ??= connect(this.#options);
    const client = await this.#client;
    try {
      const { text } = await client.audio.transcriptions.create({
        model: this.#options.deployment,
        file: new File([new Uint8Array(bytes)], fileName, { type: contentType }),
        language: locale.split("-")[0] ?? locale,
        response_format: "json",
      });
      return text.trim();
    } catch (cause) {
      throw await errorOf(cause);
    }
  }
}

async function connect({ endpoint, apiKey, timeoutMs }: OpenAiTranscriberOptions): Promise<OpenAI> {
  const { OpenAI: Client } = await import("openai");
  return new Client({
    baseURL: new URL("/openai/v1/", endpoint).toString(),
    defaultQuery: { "api-version": "preview" },
    apiKey,
    timeout: timeoutMs,
    maxRetries: 0,
  });
}

async function errorOf(cause: unknown): Promise<ServiceError> {
  const { APIError } = await import("openai");
  const status: unknown = cause instanceof APIError ? cause.status : undefined;
  return typeof status === "number" && status >= 400 && status < 500 && status !== 429 && status !== 408
    ? new ServiceError("transcription-refused", `Azure OpenAI answered ${status} to a transcription.`, {
        cause,
      })
    : new ServiceError("transcription-unavailable", "Azure OpenAI does not transcribe at the moment.", {
        cause,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
}
