import type {
  SpeechEvent,
  SpeechSynthesizer,
  SynthesisRequest,
} from "../../application/ports/speech-synthesizer.ts";
import type { AzureSpeechConnection, SpeechDeadlines } from "./azure-speech-connection.ts";
import { RestSynthesis } from "./rest-synthesis.ts";
import { isHiddenRefusal, SdkSynthesis } from "./sdk-synthesis.ts";
import { DEFAULT_RESILIENCE, type ResilienceOptions, SpeechResilience } from "./speech-resilience.ts";
import type { EventRequest } from "./synthesizer-pool.ts";

export interface AzureSpeechOptions {
  readonly connection: AzureSpeechConnection;
  readonly deadlines: SpeechDeadlines;
  /** Default: {@link DEFAULT_RESILIENCE}. */
  readonly resilience?: Partial<ResilienceOptions>;
}

/** Azure AI Speech: plain audio over REST, audio with words and visemes over the Speech SDK. */
export class AzureSpeechSynthesizer implements SpeechSynthesizer {
  readonly #region: string;
  readonly #rest: RestSynthesis;
  readonly #sdk: SdkSynthesis;
  readonly #resilience: SpeechResilience;

  constructor({ connection, deadlines, resilience }: AzureSpeechOptions) {
    this.#region = connection.region;
    this.#rest = new RestSynthesis(connection, deadlines);
    this.#sdk = new SdkSynthesis(connection, deadlines);
    this.#resilience = new SpeechResilience({ ...DEFAULT_RESILIENCE, ...resilience });
  }

  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const start = () => this.#rest.synthesize(request, signal);
    return this.#resilience.start(this.#circuitOf(request), signal, start);
  }

  async *synthesizeWithEvents(
    request: EventRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SpeechEvent, void, void> {
    const start = () => this.#startWithEvents(request, signal);
    yield* await this.#resilience.start(this.#circuitOf(request), signal, start);
  }

  /** Closes idle connections. */
  close(): void {
    this.#rest.close();
    this.#sdk.close();
  }

  /**
   * Where the websocket does not open, REST tells why; where REST speaks nevertheless, audio without events is better than
   * none.
   */
  async #startWithEvents(
    request: EventRequest,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<SpeechEvent, void, void>> {
    try {
      const { events } = await this.#sdk.start(request, signal);
      return events;
    } catch (error) {
      if (!isHiddenRefusal(error)) {
        throw error;
      }
      return audioEvents(await this.#rest.synthesize(request, signal));
    }
  }

  #circuitOf({ voiceName }: SynthesisRequest): string {
    return `${this.#region}/${voiceName}`;
  }
}

async function* audioEvents(audio: ReadableStream<Uint8Array>): AsyncGenerator<SpeechEvent, void, void> {
  for await (const bytes of audio) {
    yield { kind: "audio", bytes };
  }
}
