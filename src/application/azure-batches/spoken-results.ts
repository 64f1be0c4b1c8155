import { ServiceError } from "../../domain/errors/service-error.ts";
import { hasSpeech } from "../../domain/speech/spoken-text.ts";
import type { BatchSynthesisResults } from "../ports/batch-synthesis.ts";
import type { SpeechEvent, SpeechSynthesizer, SynthesisRequest } from "../ports/speech-synthesizer.ts";

/** Speaks with what an Azure job has already spoken, so that parts are joined and timed as everywhere else. */
export class SpokenResults implements SpeechSynthesizer {
  readonly #results: BatchSynthesisResults;
  /** Of the documents of one item, where they stand in the job. */
  readonly #places: ReadonlyMap<string, number>;

  constructor(results: BatchSynthesisResults, places: ReadonlyMap<string, number>) {
    this.#results = results;
    this.#places = places;
  }

  async synthesize({ ssml }: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return this.#results.audio(this.#spokenPlace(ssml), signal);
  }

  async *synthesizeWithEvents(
    request: SynthesisRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SpeechEvent, void, void> {
    const words = await this.#results.words(this.#spokenPlace(request.ssml), signal);
    for (const word of words) {
      yield { kind: hasLetters(word.text) ? "word" : "punctuation", ...word };
    }
    for await (const bytes of await this.synthesize(request, signal)) {
      yield { kind: "audio", bytes };
    }
  }

  /** @throws {@link ServiceError} `azure-batch-refused` with what Azure says of a document that it did not speak. */
  #spokenPlace(ssml: string): number {
    const place = this.#places.get(ssml) ?? -1;
    const outcome = this.#results.outcomes[place];
    if (outcome?.kind === "spoken") {
      return place;
    }
    const reason = outcome?.reason ?? "the results hold fewer inputs than were sent";
    throw new ServiceError("azure-batch-refused", `Azure's batch synthesis refuses the item: ${reason}`);
  }
}

function hasLetters(text: string): boolean {
  return hasSpeech(text) && /[\p{L}\p{N}]/u.test(text);
}
