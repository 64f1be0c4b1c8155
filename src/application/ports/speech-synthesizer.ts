/**
 * Where a synthesis goes: the standard voices (and personal voices), the endpoint deployment of a professional one, or
 * OpenAI.
 */
export type SpeechTarget =
  | { readonly kind: "standard" }
  | {
      readonly kind: "openai";
      /** What to say: OpenAI reads no SSML. */
      readonly text: string;
      /** How many times as fast as normal. */
      readonly speed: number;
      /** How to speak, in plain words; not every model takes them. */
      readonly instructions?: string;
    }
  | { readonly kind: "deployment"; readonly deploymentId: string };

export interface SynthesisRequest {
  /** A whole, valid SSML document of at most 64 KB. */
  readonly ssml: string;
  /** Azure's own name, for example `audio-24khz-96kbitrate-mono-mp3`. */
  readonly outputFormat: string;
  readonly target: SpeechTarget;
  /** The voice that the document names first: failures are counted by voice. */
  readonly voiceName: string;
  /** Id of the principal for whom it is: places upstream are shared fairly among these. */
  readonly queueKey?: string;
  /** Somebody listens to what comes before it: it waits for its place as long as it takes. Default: false. */
  readonly isContinuation?: boolean;
}

export type SpeechEvent =
  | { readonly kind: "audio"; readonly bytes: Uint8Array }
  | {
      readonly kind: "word" | "punctuation" | "sentence";
      readonly text: string;
      readonly startMs: number;
      readonly durationMs: number;
    }
  | { readonly kind: "viseme"; readonly visemeId: number; readonly startMs: number }
  | { readonly kind: "bookmark"; readonly mark: string; readonly startMs: number }
  | { readonly kind: "end"; readonly durationMs: number };

/**
 * Turns SSML into audio.
 *
 * @throws {@link ServiceError} `ssml-invalid` when the service rejects the document, `speech-unauthorized` (neither
 * retryable), `speech-throttled` on 429 and `speech-unavailable` on 5xx or silence (both retryable).
 */
export interface SpeechSynthesizer {
  /** Resolves with the first audio; a failure after that errors the stream. Aborting ends the upstream call at once. */
  synthesize(request: SynthesisRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;

  /** Audio and events in the order of the service. The iterator throws what `synthesize` throws. */
  synthesizeWithEvents(
    request: SynthesisRequest & { readonly visemes: boolean },
    signal: AbortSignal,
  ): AsyncIterable<SpeechEvent>;
}
