import type {
  SpeechSynthesisResult,
  SpeechSynthesizer as SdkSynthesizer,
} from "microsoft-cognitiveservices-speech-sdk";
import type { SpeechEvent, SynthesisRequest } from "../../application/ports/speech-synthesizer.ts";
import { ServiceError } from "../../domain/errors/service-error.ts";
import type { AzureSpeechConnection, SpeechDeadlines } from "./azure-speech-connection.ts";
import { withDeadline } from "./deadline.ts";
import { EventChannel } from "./event-channel.ts";
import { speechErrorOf, statusOfCloseCode, unavailable } from "./speech-error.ts";
import { type EventRequest, type PooledSynthesizer, SynthesizerPool } from "./synthesizer-pool.ts";

/** Azure Speech counts audio time in ticks of 100 ns. */
const TICKS_PER_MS = 10_000;

/** The only boundary that is a word; the others are punctuation and sentences. */
const BOUNDARY_KINDS: Readonly<Record<string, "word" | "punctuation" | "sentence">> = {
  WordBoundary: "word",
  PunctuationBoundary: "punctuation",
  SentenceBoundary: "sentence",
};

/** The network broke, or the service refused the websocket itself: its status is not visible. */
const ABNORMAL_CLOSE_CODE = 1006;

/** Whether the cause of the failure is hidden and a request over REST would show it. */
export function isHiddenRefusal(error: unknown): boolean {
  return error instanceof ServiceError && error.details["closeCode"] === ABNORMAL_CLOSE_CODE;
}

/** A request whose first event has come. */
export interface StartedSynthesis {
  /** Leaving the iteration ends the upstream call at once. */
  readonly events: AsyncGenerator<SpeechEvent, void, void>;
}

/** Synthesis with words and visemes, over pooled synthesizers of the Speech SDK. */
export class SdkSynthesis {
  readonly #pool: SynthesizerPool;
  readonly #deadlines: SpeechDeadlines;

  constructor(connection: AzureSpeechConnection, deadlines: SpeechDeadlines) {
    this.#pool = new SynthesizerPool(connection);
    this.#deadlines = deadlines;
  }

  /** Resolves with the first event. The SDK never gives up by itself: every wait has a limit here. */
  async start(request: EventRequest, signal: AbortSignal): Promise<StartedSynthesis> {
    signal.throwIfAborted();
    const pooled = await this.#pool.acquire(request, signal);
    if (signal.aborted) {
      this.#pool.release(pooled);
      signal.throwIfAborted();
    }
    const turn = new Turn(pooled.synthesizer, request, signal);
    const { firstByteMs } = this.#deadlines;
    try {
      const first = await withDeadline(turn.next(), firstByteMs, () =>
        unavailable(`The speech service sends no audio within ${firstByteMs} ms.`, {
          details: { timedOut: true },
        }),
      );
      return { events: this.#eventsOf(turn, first, pooled) };
    } catch (error) {
      turn.end();
      this.#pool.discard(pooled);
      throw error;
    }
  }

  close(): void {
    this.#pool.close();
  }

  async *#eventsOf(
    turn: Turn,
    first: IteratorResult<SpeechEvent, undefined>,
    pooled: PooledSynthesizer,
  ): AsyncGenerator<SpeechEvent, void, void> {
    const { idleMs } = this.#deadlines;
    const silent = () => unavailable(`The speech service fell silent for ${idleMs} ms.`);
    let isComplete = false;
    try {
      for (let result = first; result.done !== true;) {
        yield result.value;
        result = await withDeadline(turn.next(), idleMs, silent);
      }
      isComplete = true;
    } finally {
      turn.end();
      if (isComplete) {
        this.#pool.release(pooled);
      } else {
        this.#pool.discard(pooled);
      }
    }
  }
}

/** One request on one synthesizer. */
class Turn {
  readonly #channel = new EventChannel<SpeechEvent>();
  readonly #synthesizer: SdkSynthesizer;
  readonly #signal: AbortSignal;
  readonly #visemes: boolean;
  readonly #onAbort = (): void => this.#channel.fail(this.#signal.reason);

  constructor(synthesizer: SdkSynthesizer, request: EventRequest, signal: AbortSignal) {
    this.#synthesizer = synthesizer;
    this.#signal = signal;
    this.#visemes = request.visemes;
    signal.addEventListener("abort", this.#onAbort, { once: true });
    this.#listen();
    synthesizer.speakSsmlAsync(
      request.ssml,
      (result) => this.#finished(result, request),
      (cause) => this.#channel.fail(unavailable("The speech service broke off.", { cause })),
    );
  }

  next(): Promise<IteratorResult<SpeechEvent, undefined>> {
    return this.#channel.next();
  }

  /** Lets go of the synthesizer and the signal. */
  end(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    this.#channel.complete();
    this.#synthesizer.synthesizing = ignore;
    this.#synthesizer.wordBoundary = ignore;
    this.#synthesizer.bookmarkReached = ignore;
    if (this.#visemes) {
      this.#synthesizer.visemeReceived = ignore;
    }
  }

  /** The SDK asks the service for what somebody listens to. */
  #listen(): void {
    const synthesizer = this.#synthesizer;
    const channel = this.#channel;
    synthesizer.synthesizing = (_, { result }) => {
      channel.push({ kind: "audio", bytes: new Uint8Array(result.audioData) });
    };
    synthesizer.wordBoundary = (_, event) => {
      channel.push({
        kind: BOUNDARY_KINDS[event.boundaryType] ?? "punctuation",
        text: event.text,
        startMs: event.audioOffset / TICKS_PER_MS,
        durationMs: event.duration / TICKS_PER_MS,
      });
    };
    synthesizer.bookmarkReached = (_, { text, audioOffset }) => {
      channel.push({ kind: "bookmark", mark: text, startMs: audioOffset / TICKS_PER_MS });
    };
    if (this.#visemes) {
      synthesizer.visemeReceived = (_, { visemeId, audioOffset }) => {
        channel.push({ kind: "viseme", visemeId, startMs: audioOffset / TICKS_PER_MS });
      };
    }
  }

  /** The SDK calls this for failures too: their cause is in the text of the result. */
  #finished(result: SpeechSynthesisResult, request: SynthesisRequest): void {
    if (result.errorDetails === undefined || result.errorDetails === "") {
      this.#channel.push({ kind: "end", durationMs: result.audioDuration / TICKS_PER_MS });
      this.#channel.complete();
      return;
    }
    this.#channel.fail(closeErrorOf(result.errorDetails, request));
  }
}

function ignore(): void {
  // Between two requests nobody listens.
}

/** @param details for example `Unsupported voice X. websocket error code: 1007`. */
function closeErrorOf(details: string, { target }: SynthesisRequest) {
  const [, code] = /(?:error code|StatusCode): (\d{4})/.exec(details) ?? [];
  const closeCode = Number(code ?? ABNORMAL_CLOSE_CODE);
  if (closeCode === ABNORMAL_CLOSE_CODE) {
    return unavailable("The connection to the speech service broke.", { details: { closeCode } });
  }
  const reason = details.replace(/\s*websocket error code: \d+.*$/s, "");
  const status = statusOfCloseCode(closeCode);
  return speechErrorOf({ status, reason, isDeployment: target.kind === "deployment" });
}
