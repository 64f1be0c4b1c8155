import type {
  SpeechEvent,
  SpeechSynthesizer,
  SynthesisRequest,
} from "../../application/ports/speech-synthesizer.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import { withRenewal } from "../rotation/with-renewal.ts";
import type { AzureSpeechConnection, SpeechDeadlines } from "./azure-speech-connection.ts";
import { RestSynthesis } from "./rest-synthesis.ts";
import { listenToRefusedUpgrades } from "./refused-upgrades.ts";
import { isUnknownCredential } from "./speech-error.ts";
import { isHiddenRefusal, SdkSynthesis } from "./sdk-synthesis.ts";
import { DEFAULT_RESILIENCE, type ResilienceOptions, SpeechResilience } from "./speech-resilience.ts";
import type { EventRequest } from "./synthesizer-pool.ts";

const TOO_MANY_REQUESTS = 429;

export interface AzureSpeechOptions {
  readonly connection: AzureSpeechConnection;
  readonly deadlines: SpeechDeadlines;
  /** Default: {@link DEFAULT_RESILIENCE}. */
  readonly resilience?: Partial<ResilienceOptions>;
  /** Hears of every answer over quota or capacity, also of those after which it was asked again. Default: nobody does. */
  readonly onThrottled?: () => void;
  /** Hears the status of every websocket that the service refuses to open. Default: nobody does. */
  readonly onRefusedUpgrade?: (status: number) => void;
}

/** Azure AI Speech: plain audio over REST, audio with words and visemes over the Speech SDK. */
export class AzureSpeechSynthesizer implements SpeechSynthesizer {
  readonly #connection: AzureSpeechConnection;
  readonly #rest: RestSynthesis;
  readonly #sdk: SdkSynthesis;
  readonly #resilience: SpeechResilience;
  readonly #onThrottled: (() => void) | undefined;
  readonly #stopListening: () => void;

  constructor({ connection, deadlines, resilience, onThrottled, onRefusedUpgrade }: AzureSpeechOptions) {
    this.#connection = connection;
    this.#rest = new RestSynthesis(connection, deadlines);
    this.#sdk = new SdkSynthesis(connection, deadlines);
    this.#resilience = new SpeechResilience({ ...DEFAULT_RESILIENCE, ...resilience });
    this.#onThrottled = onThrottled;
    this.#stopListening = listenToRefusedUpgrades(originsOf(connection), (status) => {
      onRefusedUpgrade?.(status);
      if (status === TOO_MANY_REQUESTS) {
        onThrottled?.();
      }
    });
  }

  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    return this.#start(request, signal, () => this.#rest.synthesize(request, signal));
  }

  async *synthesizeWithEvents(
    request: EventRequest,
    signal: AbortSignal,
  ): AsyncGenerator<SpeechEvent, void, void> {
    const events = await this.#start(request, signal, () => this.#startWithEvents(request, signal));
    try {
      yield* events;
    } catch (error) {
      this.#hear(error);
      throw error;
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.#stopListening();
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

  #start<T>({ voiceName }: SynthesisRequest, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const { region, credential, renew } = this.#connection;
    const heard = () =>
      attempt().catch((error: unknown) => {
        this.#hear(error);
        throw error;
      });
    const run = () => this.#resilience.start(`${region}/${voiceName}`, signal, heard);
    // Tokens are awaited within the time limit of each attempt only.
    return renew === undefined
      ? run()
      : withRenewal({ credential: () => credential(signal), renew }, isUnknownCredential, run);
  }

  #hear(error: unknown): void {
    if (error instanceof ServiceError && error.code === "speech-throttled") {
      this.#onThrottled?.();
    }
  }
}

function originsOf({ standardUrl, deploymentUrl }: AzureSpeechConnection): ReadonlySet<string> {
  return new Set([standardUrl, deploymentUrl].map((url) => new URL(url).origin));
}

async function* audioEvents(audio: ReadableStream<Uint8Array>): AsyncGenerator<SpeechEvent, void, void> {
  for await (const bytes of audio) {
    yield { kind: "audio", bytes };
  }
}
