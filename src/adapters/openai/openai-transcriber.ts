import type { AudioFile } from "../../application/ports/custom-voice.ts";
import type { Transcriber } from "../../application/ports/transcriber.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { type CallOpenAi, openAiCaller, type OpenAiConnection } from "./openai-client.ts";
import { isPassing, openAiFailureOf, upstreamDetails } from "./openai-failure.ts";

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
  readonly #call: CallOpenAi;

  constructor(options: OpenAiTranscriberOptions) {
    this.usdPerMinute = options.usdPerMinute;
    this.#deployment = options.deployment;
    this.#call = openAiCaller(options, MAX_RETRIES);
  }

  async transcribe({ fileName, bytes, contentType }: AudioFile, locale: string): Promise<string> {
    const file = new File([new Uint8Array(bytes)], fileName, { type: contentType });
    const language = locale.split("-")[0] ?? locale;
    const request = { model: this.#deployment, file, language, response_format: "json" } as const;
    return this.#call(async (client) => {
      try {
        const { text } = await client.audio.transcriptions.create(request);
        return text.trim();
      } catch (cause) {
        throw errorOf(cause);
      }
    });
  }
}

function errorOf(cause: unknown): ServiceError {
  const failure = openAiFailureOf(cause);
  if (failure instanceof ServiceError) {
    return failure;
  }
  const details = upstreamDetails(failure);
  return isPassing(failure)
    ? new ServiceError("transcription-unavailable", "Azure OpenAI does not transcribe at the moment.", {
        details,
        cause,
        retryAfterSeconds: failure.retryAfterSeconds ?? RETRY_AFTER_SECONDS,
      })
    : new ServiceError(
        "transcription-refused",
        `Azure OpenAI answered ${failure.status} to a transcription.`,
        { details, cause },
      );
}
