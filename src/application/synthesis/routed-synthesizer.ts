import { ServiceError } from "../../domain/errors/service-error.ts";
import type { SpeechEvent, SpeechSynthesizer, SynthesisRequest } from "../ports/speech-synthesizer.ts";

/** Sends each request to the service that its voice belongs to. */
export class RoutedSynthesizer implements SpeechSynthesizer {
  readonly #azure: SpeechSynthesizer;
  readonly #openAi: SpeechSynthesizer | undefined;

  /** @param openAi undefined where it is not configured. */
  constructor(azure: SpeechSynthesizer, openAi: SpeechSynthesizer | undefined) {
    this.#azure = azure;
    this.#openAi = openAi;
  }

  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return this.#serviceOf(request).synthesize(request, signal);
  }

  synthesizeWithEvents(
    request: SynthesisRequest & { readonly visemes: boolean },
    signal: AbortSignal,
  ): AsyncIterable<SpeechEvent> {
    return this.#serviceOf(request).synthesizeWithEvents(request, signal);
  }

  /** @throws {@link ServiceError} `not-configured`. */
  #serviceOf({ target }: SynthesisRequest): SpeechSynthesizer {
    if (target.kind !== "openai") {
      return this.#azure;
    }
    if (this.#openAi === undefined) {
      throw new ServiceError(
        "not-configured",
        "OpenAI voices need AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_SPEECH_DEPLOYMENT.",
      );
    }
    return this.#openAi;
  }
}
