import type { SpeechSynthesizer, SynthesisRequest } from "../../application/ports/speech-synthesizer.ts";
import type { AzureSpeechConnection, SpeechDeadlines } from "./azure-speech-connection.ts";
import { RestSynthesis } from "./rest-synthesis.ts";
import { DEFAULT_RESILIENCE, type ResilienceOptions, SpeechResilience } from "./speech-resilience.ts";

export interface AzureSpeechOptions {
  readonly connection: AzureSpeechConnection;
  readonly deadlines: SpeechDeadlines;
  /** Default: {@link DEFAULT_RESILIENCE}. */
  readonly resilience?: Partial<ResilienceOptions>;
}

/** Azure AI Speech: plain audio over REST. */
export class AzureSpeechSynthesizer implements Pick<SpeechSynthesizer, "synthesize"> {
  readonly #region: string;
  readonly #rest: RestSynthesis;
  readonly #resilience: SpeechResilience;

  constructor({ connection, deadlines, resilience }: AzureSpeechOptions) {
    this.#region = connection.region;
    this.#rest = new RestSynthesis(connection, deadlines);
    this.#resilience = new SpeechResilience({ ...DEFAULT_RESILIENCE, ...resilience });
  }

  async synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const circuit = `${this.#region}/${request.voiceName}`;
    return this.#resilience.start(circuit, signal, () => this.#rest.synthesize(request, signal));
  }

  /** Closes idle connections. */
  close(): void {
    this.#rest.close();
  }
}
