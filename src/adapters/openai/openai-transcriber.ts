import type { AudioFile } from "../../application/ports/custom-voice.ts";
import type { Transcriber } from "../../application/ports/transcriber.ts";
import { type CallOpenAi, openAiCaller, type OpenAiConnection } from "./openai-client.ts";
import { openAiErrorOf } from "./openai-failure.ts";

export interface OpenAiTranscriberOptions extends OpenAiConnection {
  readonly deployment: string;
  readonly usdPerMinute: number;
}

const CODES = { unavailable: "transcription-unavailable", refused: "transcription-refused" } as const;

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
        throw openAiErrorOf(cause, CODES);
      }
    });
  }
}
