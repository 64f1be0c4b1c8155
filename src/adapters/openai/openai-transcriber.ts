import type OpenAI from "openai";
import type { AudioFile } from "../../application/ports/custom-voice.ts";
import type { Transcriber } from "../../application/ports/transcriber.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type OpenAiConnection, openAiClients } from "./openai-client.ts";
import { isPassing, openAiFailureOf } from "./openai-failure.ts";

export interface OpenAiTranscriberOptions extends OpenAiConnection {
  readonly deployment: string;
  readonly usdPerMinute: number;
}

const RETRY_AFTER_SECONDS = 10;

/** The activity that transcribes is retried as a whole. */
const MAX_RETRIES = 0;

/** Transcribes with a deployment of Azure OpenAI. */
export class OpenAiTranscriber implements Transcriber {
  readonly usdPerMinute: number;
  readonly #deployment: string;
  readonly #client: () => Promise<OpenAI>;

  constructor(options: OpenAiTranscriberOptions) {
    this.usdPerMinute = options.usdPerMinute;
    this.#deployment = options.deployment;
    this.#client = openAiClients(options, MAX_RETRIES);
  }

  async transcribe({ fileName, bytes, contentType }: AudioFile, locale: string): Promise<string> {
    const client = await this.#client();
    try {
      const { text } = await client.audio.transcriptions.create({
        model: this.#deployment,
        file: new File([new Uint8Array(bytes)], fileName, { type: contentType }),
        language: locale.split("-")[0] ?? locale,
        response_format: "json",
      });
      return text.trim();
    } catch (cause) {
      throw errorOf(cause);
    }
  }
}

function errorOf(cause: unknown): ServiceError {
  const failure = openAiFailureOf(cause);
  if (failure instanceof ServiceError) {
    return failure;
  }
  return isPassing(failure)
    ? new ServiceError("transcription-unavailable", "Azure OpenAI does not transcribe at the moment.", {
        cause,
        retryAfterSeconds: failure.retryAfterSeconds ?? RETRY_AFTER_SECONDS,
      })
    : new ServiceError(
        "transcription-refused",
        `Azure OpenAI answered ${failure.status} to a transcription.`,
        {
          cause,
        },
      );
}
